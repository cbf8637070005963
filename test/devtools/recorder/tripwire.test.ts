import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskTokens } from '../../../devtools/src/recorder/tripwire'
import { START } from '../../behaviour/setup'
import { signToken } from '../../helpers/tokens'

const token = signToken({ issuedAt: START })
const [header = '', payload = '', signature = ''] = token.split('.')
const encoded = (json: string) => Buffer.from(json).toString('base64url')

describe('The mask over tokens', () => {
  it.each([
    [token, '[token]'],
    [`Bearer ${token}, and more`, 'Bearer [token], and more'],
    [
      `wss://rooms.example/rtc?access_token=${token}&sdk=js`,
      'wss://rooms.example/rtc?access_token=[token]&sdk=js',
    ],
    [`{"jwt":"${token}","again":"${token}"}`, '{"jwt":"[token]","again":"[token]"}'],
    [`room-${token}`, 'room-[token]'],
    [`x${token}x`, 'x[token]'],
    [`${header}.${payload}.`, '[token]'],
    [`${header}.${payload}`, '[token]'],
    [payload, '[token]'],
    [`${header}.cd.ef.gh.ij`, '[token]'],
    [JSON.stringify(`claims:\n${payload}`), '"claims:\\n[token]"'],
    [JSON.stringify(`claims:\u0001${payload}`), '"claims:\\u0001[token]"'],
    [encodeURIComponent(`claims:"${payload}"`), 'claims%3A%22[token]%22'],
    // Prettily printed parts, and dots that are written otherwise.
    [`${encoded('{\n  "alg": "HS256"\n}')}.${encoded('{ "sub": "me" }')}.${signature}`, '[token]'],
    [`${encoded(' {"alg":"HS256"}')}.${payload}.${signature}`, '[token]'],
    [`${encoded('\r\n{"alg":"HS256","typ":"JWT"}')}.${payload}.${signature}`, '[token]'],
    [token.replaceAll('.', '%2E'), '[token]%2E[token]%2E[token]'],
    [`"${token.replaceAll('.', '/')}"`, '"[token]/[token]/[token]"'],
    [token.replaceAll('.', ' . '), '[token] . [token] . [token]'],
    [JSON.stringify(token.replaceAll('.', '\\.')), '"[token]\\\\.[token]\\\\.[token]"'],
    [JSON.stringify(token.split('.')), '["[token]","[token]","[token]"]'],
    [JSON.stringify({ sub: token.split('.') }, null, 2), expect.not.stringContaining(signature)],
    [JSON.stringify(token.replace(/.{64}/g, '$&\n')), '"[token]\\n[token]"'],
  ])('hides what is in %.30s…', (text, masked) => {
    expect(maskTokens(text)).toEqual(masked)
  })

  it.each([
    'keyboardNavigationMachine',
    'keyJournalEntryMachine',
    'surveyJourney.complete.done',
    'eyeTrackingCalibration',
    'monkeyBusinessHandler',
    'hey Jude, do not make it bad',
    'wss://rooms.example/lobby',
    'RM_kAaEyJ3x9Zq2 PA_ewoQ7dDqk3yN2 ',
    '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    '123e4567-e89b-12d3-a456-426614174000, 987e6543-e21b-12d3-a456-426614174000',
    'the room [token] was left by participant-2024-11-24',
  ])('leaves %s alone', (text) => {
    expect(maskTokens(text)).toBe(text)
  })

  const json = fc.oneof(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())))
  const printed = fc
    .tuple(json, fc.constantFrom(undefined, 1, 2, 4, '\t'), fc.constantFrom('', ' ', '\n', '\r\n'))
    .map(([value, indent, before]) => before + JSON.stringify({ alg: 'HS256', ...value }, null, indent))
  const dot = fc.constantFrom('.', '%2E', '%2e', '/', ':', '\\.', ' . ', '.\n', '\n', '","')

  it('leaves nothing of a token, however its JSON is printed and its dots are written', () => {
    fc.assert(
      fc.property(
        printed,
        printed,
        dot,
        fc.uint8Array({ minLength: 32, maxLength: 64 }),
        (a, b, sign, bytes) => {
          const parts = [encoded(a), encoded(b), Buffer.from(bytes).toString('base64url')]
          fc.pre(/\d/.test(parts[2]!))
          const written = JSON.stringify({ room: parts.join(sign), next: 'lobby' })
          const masked = maskTokens(written)
          for (const part of parts) expect(masked).not.toContain(part.slice(-12))
          // What was JSON still is, and what is beside it too.
          expect(JSON.parse(masked).next).toBe('lobby')
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('leaves words alone, whatever is between them', () => {
    const word = fc.constantFrom(
      'lobby',
      'alice',
      'room-12',
      'participant-2024-11-24',
      'RM_eyT3ewoQ7dD',
      'eyed',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(word, dot), { minLength: 1 }), (words) => {
        const text = words.flat().join('')
        expect(maskTokens(text)).toBe(text)
      }),
    )
  })

  // Minutes, if it went over it more than once.
  it.each([
    'eyJ',
    'e',
    'ewo.',
    '[token] ',
    '[token]\\',
    'eyJhbGciOiJIUzI1NiJ9 ',
    'eyJhbGciOiJIUzI1NiJ9\n1234567890abcdef',
  ])('goes over a megabyte of %j once', (unit) => {
    const long = unit.repeat(1_000_000 / unit.length)
    expect(maskTokens(long)).toBe(maskTokens(maskTokens(long)))
  })
})
