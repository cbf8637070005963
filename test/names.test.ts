import { describe, expect, it } from 'vitest'
import { claimName, releaseName } from '../src/names'

describe('A name', () => {
  it('is the wanted one while it is free, then has a number', () => {
    expect(['a', 'a', 'a'].map(claimName)).toEqual(['a', 'a-2', 'a-3'])
    expect(claimName('b')).toBe('b')
  })

  it('is free again once it is released, the lowest number first', () => {
    for (const wanted of ['c', 'c', 'c']) claimName(wanted)
    releaseName('c-2')
    expect(claimName('c')).toBe('c-2')
    releaseName('c')
    expect(claimName('c')).toBe('c')
    expect(claimName('c')).toBe('c-4')
  })

  it('does not clash with one that was wanted as it is', () => {
    claimName('d-2')
    expect(['d', 'd'].map(claimName)).toEqual(['d', 'd-3'])
  })
})
