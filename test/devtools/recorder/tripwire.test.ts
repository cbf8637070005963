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
    // Of an object that is in a signature by chance, what is before it.
    [`${token.replace(signature, `aB1cD2eF3gH4-eyJ${signature}`)}`, '[token]'],
    [
      `${header}/${payload}/aB1cD2eF3gH4-eyJ${signature}`,
      expect.not.stringContaining('aB1cD2eF3gH4') as unknown as string,
    ],
    // Many blanks, and other letters than English ones.
    [`${encoded('\n    {"alg":"HS256"}')}.${payload}.${signature}`, '[token]'],
    [encoded('{"Ünsinn":"und noch mehr, damit es lang genug ist"}'), '[token]'],
    // Escapes, once more than once.
    [token.replaceAll('.', '%252E'), '[token]%252E[token]%252E[token]'],
    [JSON.stringify(JSON.stringify(token.replaceAll('.', '\n'))), '"\\"[token]\\\\n[token]\\\\n[token]\\""'],
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
    'eyJournal-2024',
    'eyJournal-2024-week-48-of-the-reading-room',
    'ewok-village-room-12',
    'eyLashExtensionStudio2',
    'InsightsDashboard-2024',
    'DnsKeyRotationService-1',
    'CXsKeynoteHall',
  ])('leaves %s alone', (text) => {
    expect(maskTokens(text)).toBe(text)
  })

  it.each([
    [`${token} and-then-something-else.v2`, '[token] and-then-something-else.v2'],
    [
      `wss://rooms.example/?access_token=${token}&adaptiveStream=1`,
      expect.stringContaining('&adaptiveStream=1'),
    ],
    [
      JSON.stringify([token, 'screen_share', 'camera-2024-11-24']),
      '["[token]","screen_share","camera-2024-11-24"]',
    ],
    [
      JSON.stringify({ a: token, participantIdentity: 'user-1234567890abcdef' }),
      expect.stringContaining('user-1234567890abcdef'),
    ],
  ])('leaves what is beside it alone: %#', (text, masked) => {
    expect(maskTokens(text)).toEqual(masked)
  })

  const json = fc.dictionary(
    fc.string(),
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.dictionary(fc.string(), fc.nat()),
    ),
  )
  const printed = fc
    .tuple(
      json,
      fc.constantFrom<string | number | undefined>(undefined, 1, 2, 3, 4, '\t', '\n', '\r\n'),
      fc.string({ unit: fc.constantFrom(' ', '\n', '\r\n', '\t'), maxLength: 8 }),
    )
    .map(([value, indent, before]) => before + JSON.stringify({ alg: 'HS256', ...value }, null, indent))
  const dot = fc.constantFrom(
    ...[
      '.',
      '%2E',
      '%2e',
      '%252E',
      '/',
      ':',
      '\\.',
      ' . ',
      '.\n',
      '\n',
      '\r\n',
      '\\n',
      '%0A',
      '%20',
      '\t',
      ' ',
      ', ',
    ],
    ...['..', ';', '|', '~', '+', '=', '\u2028', '\u0001', '","', '",\n      "', '\\u002e'],
  )
  /** A piece of it that is still there. */
  const pieceIn = (text: string, part: string) =>
    Array.from({ length: Math.max(0, part.length - 11) }, (_, at) => part.slice(at, at + 12)).find((piece) =>
      text.includes(piece),
    )

  it('leaves nothing of a token, however its JSON is printed and its dots are written', () => {
    fc.assert(
      fc.property(
        printed,
        printed,
        dot,
        fc.uint8Array({ minLength: 32, maxLength: 64 }),
        (a, b, sign, bytes) => {
          const parts = [encoded(a), encoded(b), Buffer.from(bytes).toString('base64url')]
          fc.pre(/\d|[a-z][A-Z]/.test(parts[2]!))
          const text = parts.join(sign)
          const masked = maskTokens(JSON.stringify({ room: text, parts, next: 'lobby' }))
          for (const part of parts)
            expect([pieceIn(maskTokens(text), part), pieceIn(masked, part)]).toEqual([undefined, undefined])
          // What was JSON still is, and what is beside it too.
          expect(JSON.parse(masked).next).toBe('lobby')
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it.each([16, 20, 32, 40, 64, 76])('leaves nothing of a token that is broken into lines of %d', (width) => {
    const text = token.replace(new RegExp(`.{${width}}`, 'g'), '$&\n')
    for (const written of [text, JSON.stringify(text), JSON.stringify(JSON.stringify(text))])
      for (const part of [header, payload, signature])
        expect(pieceIn(maskTokens(written), part)).toBeUndefined()
  })

  it('makes the same of it again, and JSON of JSON, whatever is beside a token', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '[token]',
        'eyJ',
        'ewo',
        'woAAAA1',
        '.',
        '\\',
        '"',
        'u000',
        '%',
        '2E',
        ' ',
        '…',
        '\u000e',
      ),
      fc.string({ unit: fc.constantFrom(...'abeIXZ019eyJ.-_ "\\%[]\u000e\u001e\n') }),
      printed.map(encoded),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const masked = maskTokens(JSON.stringify(pieces.join('')))
        expect(maskTokens(masked)).toBe(masked)
        expect(JSON.parse(masked)).toBeTypeOf('string')
      }),
      { numRuns: 2_000 },
    )
    const escaped = JSON.stringify(`\u000ewo${'A'.repeat(60)}`)
    expect(() => JSON.parse(maskTokens(escaped))).not.toThrow()
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
    'ICAg',
    'IHsi',
    '%41ICAg',
    '\\',
    '[token].',
    '[token]\n',
    'eyJhbGciOiJIUzI1NiJ9.a',
    'eyJhbGciOiJIUzI1NiJ9","aaaaaaaaaaaaaaaaaaaaaaaaa',
  ])('goes over a megabyte of %j once', (unit) => {
    const long = unit.repeat(1_000_000 / unit.length)
    expect(maskTokens(long)).toBe(maskTokens(maskTokens(long)))
  })
})
