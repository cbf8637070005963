import { START } from '../../helpers/clock'
import { canaries } from '../../helpers/printed'
import { signToken } from '../../helpers/tokens'

/** A token that must not be seen anywhere. */
export const canary = signToken({ issuedAt: START, claims: { jti: 'the-canary-of-the-inspector' } })

/** The token, and each of its parts. */
export const parts = canaries(canary)
