import { describe, expect, it } from 'vitest'
import { timeText } from '../../../devtools/src/inspector-page/model/format'
import { clockTime } from '../../../devtools/src/panel/model/clock-time'
import { dateTime } from '../../../devtools/src/panel/model/date-time'
import { duration, relative } from '../../../devtools/src/panel/model/duration'
import { countdown } from '../../../devtools/src/panel/model/whole-seconds'

describe('A duration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1.0 s'],
    [9_949, '9.9 s'],
    [59_400, '59 s'],
    [60_000, '1 m'],
    [61_000, '1 m 1 s'],
    [3_599_000, '59 m 59 s'],
    [3_600_000, '1 h'],
    [3_660_000, '1 h 1 m'],
    [3_605_000, '1 h'],
    [90_000_000, '1 d 1 h'],
    [-5_000, '5.0 s'],
  ])('of %i ms is %s', (ms, text) => expect(duration(ms)).toBe(text))
})

describe('A countdown', () => {
  it.each([
    [1_001, '2 s'],
    [1_000, '1 s'],
    [1, '1 s'],
    [0, '0 s'],
    [-1, '0 s'],
    [61_000, '1 m 1 s'],
  ])('with %i ms to go is %s', (ms, text) => expect(countdown(ms)).toBe(text))
})

it('says whether a moment is to come', () => {
  expect([relative(2_000), relative(-2_000)]).toEqual(['in 2.0 s', '2.0 s ago'])
})

describe('A time that no calendar has', () => {
  it.each([1e300, -9e15, Number.NaN, Number.POSITIVE_INFINITY])('is shown as a dash: %d', (at) => {
    expect([clockTime(at), dateTime(at), timeText(at)]).toEqual(['–', '–', '–'])
  })
})
