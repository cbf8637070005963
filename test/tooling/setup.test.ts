import { describe, expect, it } from 'vitest'
import { HOW_TO_GET_A_BROWSER, type Machine, setUpBrowser } from '../../scripts/setup.mjs'

const browser = { path: '/usr/bin/chromium', from: 'the system' }

/** A bare Debian with root, where apt-get brings a browser; what it ran and said. */
function machine(differing: Partial<Machine> & { apt?: 'fails' } = {}) {
  const ran: string[] = []
  const said: string[] = []
  let installed = false
  const { apt, ...others } = differing
  const fine = setUpBrowser({
    find: () => (installed ? browser : null),
    run: (command, args) => {
      // It has to be told beforehand.
      expect(said.join()).toContain('apt-get install -y chromium')
      ran.push([command, ...args].join(' '))
      if (apt === 'fails') throw new Error('no network')
      installed = args.includes('chromium')
    },
    start: () => 'Chromium 1.2.3',
    say: (line) => said.push(line),
    env: {},
    isRoot: true,
    isDebian: true,
    ...others,
  })
  return { fine, ran, said: said.join('\n') }
}

describe('Set-up', () => {
  it('installs nothing where there is a browser, and says which it takes', () => {
    const { fine, ran, said } = machine({ find: () => browser })
    expect({ fine, ran }).toEqual({ fine: true, ran: [] })
    expect(said).toBe('Browser: /usr/bin/chromium (from the system; Chromium 1.2.3)')
  })

  it('says that it will install one, then does, as root on Debian', () => {
    const { fine, ran, said } = machine()
    expect(fine).toBe(true)
    expect(ran).toEqual(['apt-get update', 'apt-get install -y chromium'])
    expect(said).toContain('Browser: /usr/bin/chromium')
  })

  it.each([
    ['SETUP=off', { env: { SETUP: 'off' } }],
    ['no root', { isRoot: false }],
    ['no Debian', { isDebian: false }],
  ])('installs nothing with %s: says how to get one, and that tests will be skipped', (_, differing) => {
    const { fine, ran, said } = machine(differing)
    expect({ fine, ran }).toEqual({ fine: true, ran: [] })
    expect(said).toContain(HOW_TO_GET_A_BROWSER)
    expect(said).toContain('skipped')
  })

  it('fails in CI without a browser', () => {
    const { fine, said } = machine({ env: { CI: 'true', SETUP: 'off' } })
    expect(fine).toBe(false)
    expect(said).toContain(HOW_TO_GET_A_BROWSER)
    expect(said).not.toContain('skipped')
  })

  it('goes on without a browser when the installation fails, but not in CI', () => {
    expect(machine({ apt: 'fails' })).toMatchObject({ fine: true, ran: ['apt-get update'] })
    expect(machine({ apt: 'fails', env: { CI: '1' } })).toMatchObject({ fine: false })
  })

  it('fails with a browser that does not start, or a CHROME_PATH that is wrong', () => {
    const broken = () => {
      throw new Error('broken')
    }
    expect(machine({ find: () => browser, start: broken })).toMatchObject({ fine: false, ran: [] })
    expect(machine({ find: broken })).toMatchObject({ fine: false, ran: [] })
    expect(machine({ find: broken }).said).toContain('broken')
  })
})
