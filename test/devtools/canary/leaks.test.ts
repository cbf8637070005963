import { describe, expect, it } from 'vitest'
import { createCanary } from './canary'
import { leaks } from './leaks'

const canary = createCanary()
canary.issue({ now: 1_700_000_000_000 })
const { token, payload, signature } = canary.last
const mark = canary.mark('grant')

const forms: Record<string, (secret: string) => string> = {
  'as it is': (secret) => secret,
  'in capitals': (secret) => secret.toUpperCase(),
  'in a JSON text within another': (secret) => JSON.stringify(JSON.stringify({ state: `\n${secret}` })),
  'escaped as JSON may': (secret) => secret.replace(/./g, (one) => `\\u${hex(one, 4)}`),
  'escaped twice': (secret) => JSON.stringify(secret.replace(/./g, (one) => `\\u${hex(one, 4)}`)),
  'escaped as JavaScript may': (secret) => secret.replace(/./g, (one) => `\\x${hex(one, 2)}`),
  'percent-encoded': (secret) => secret.replace(/./g, (one) => `%${hex(one, 2)}`),
  'percent-encoded twice': (secret) => encodeURIComponent(secret.replace(/./g, (one) => `%${hex(one, 2)}`)),
  'as HTML’s numbers': (secret) => secret.replace(/./g, (one) => `&#x${hex(one, 2)};`),
  'between elements': (secret) => secret.replace(/.{5}/g, '<b class="x">$&</b>\n'),
  'split into a list': (secret) => JSON.stringify(secret.match(/.{1,7}/g)),
  'in lines': (secret) => secret.replace(/.{10}/g, '$&\n  '),
  backwards: (secret) => [...secret].reverse().join(''),
  'in base64': (secret) => btoa(secret),
  'in base64 behind a name': (secret) => `Basic ${btoa(`me:${secret}`)}`,
  'in base64 backwards': (secret) => [...btoa(secret)].reverse().join(''),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'by a piece of it': (secret) => secret.slice(-28, -2),
}
const hex = (one: string, digits: number) => one.charCodeAt(0).toString(16).padStart(digits, '0')

describe('The search for leaks', () => {
  describe.each([
    ['a token', token],
    ['a payload', payload],
    ['a signature', signature],
    ['a private text', mark],
  ])('finds %s', (_name, secret) => {
    it.each(Object.entries(forms))('%s', (_form, write) => {
      for (const before of ['', 'x', '{"a":"', 'wss://rooms.example/?q='])
        expect(leaks(`${before}${write(secret)}" and more`, canary.secrets)).not.toEqual([])
    })
  })

  it('finds what the payload of a token says, once somebody decodes it', () => {
    expect(leaks(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), canary.secrets)).not.toEqual([])
  })

  it('finds nothing in what everybody may see', () => {
    const [header] = token.split('.')
    const other = createCanary()
    const { participantToken } = other.issue({ now: 1_800_000_000_000 })
    for (const text of [
      '',
      '[token]',
      header!,
      other.last.signature,
      JSON.stringify({ room: 'A', identity: 'me', roomJoin: true, expiresAt: 1_700_000_600_000 }),
    ])
      expect(leaks(text, canary.secrets)).toEqual([])
    expect(leaks(participantToken, other.secrets)).not.toEqual([])
  })

  it('refuses a secret that would be found by chance', () => {
    expect(() => leaks('', ['short'])).toThrow()
  })
})
