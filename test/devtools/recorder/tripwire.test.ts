import { describe, expect, it } from 'vitest'
import { maskTokens } from '../../../devtools/src/recorder/tripwire'
import { START } from '../../behaviour/setup'
import { signToken } from '../../helpers/tokens'

const token = signToken({ issuedAt: START })
const [header = '', payload = ''] = token.split('.')

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
  ])('hides what is in %.30s…', (text, masked) => {
    expect(maskTokens(text)).toBe(masked)
  })

  it.each([
    'keyboardNavigationMachine',
    'keyJournalEntryMachine',
    'surveyJourney.complete.done',
    'eyeTrackingCalibration',
    'monkeyBusinessHandler',
    'hey Jude, do not make it bad',
    'wss://rooms.example/lobby',
  ])('leaves %s alone', (text) => {
    expect(maskTokens(text)).toBe(text)
  })
})
