import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Clock } from 'livekit-token-store'
import { type Answer, errorAnswer, malformed, send, tokenAnswer } from './answer'
import { answerAtTheDoor } from './door'
import { EndpointError } from './error'
import { type Faults, parseFaults, withFaults } from './faults'
import { inventedName } from './invented-name'
import { readBody } from './read-body'
import { type Signer, signToken } from './sign-token'
import { readTokenOrder } from './token-request'
import { wait } from './wait'

export interface EndpointContext extends Signer {
  serverUrl: string
  clock: Clock
  random: () => number
  /** The faults in force when a query says nothing. */
  faults(): Readonly<Faults>
}

/** Answers a POST to any path, so that a proxy in front of it may keep the path of the app's real endpoint. */
export function tokenEndpoint(context: EndpointContext): RequestListener {
  return (request, response) => {
    // What is left to fail is the connection itself, and nobody is there to be told.
    handle(request, response, context).catch(() => response.destroy())
  }
}

async function handle(request: IncomingMessage, response: ServerResponse, context: EndpointContext) {
  let faults = context.faults()
  let answer: Answer | null
  try {
    answer = answerAtTheDoor(request, response)
    if (answer === null) {
      faults = withFaults(faults, faultsOfQuery(request))
      answer = await answerPost(request, response, faults, context)
    }
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error
    answer = errorAnswer(error.status, error.message)
  }
  if (answer !== null) send(response, answer, serverTime(context, faults))
}

const serverTime = ({ clock }: EndpointContext, { skew }: Faults) => clock.now() + skew * 1000

function faultsOfQuery({ url = '' }: IncomingMessage): Partial<Faults> {
  try {
    return parseFaults(new URLSearchParams(url.split('?').slice(1).join('?')))
  } catch (error) {
    throw new EndpointError(400, (error as TypeError).message)
  }
}

/** Null when there is nobody to answer, or when none was ordered. */
async function answerPost(
  request: IncomingMessage,
  response: ServerResponse,
  faults: Faults,
  context: EndpointContext,
): Promise<Answer | null> {
  const body = await readBody(request)
  if (faults.hang || !(await wait(context.clock, faults.latency, response))) return null
  const status = faults.status ?? (context.random() < faults.failure ? 503 : 201)
  const answer =
    status < 300
      ? tokenAnswer(status, context.serverUrl, await token(body, faults, context))
      : errorAnswer(status, `this ${status} was ordered as a fault`)
  const headers = faults.retryAfter === null ? {} : { 'Retry-After': String(faults.retryAfter) }
  return malformed({ ...answer, headers }, faults.body)
}

function token(body: string, faults: Faults, context: EndpointContext): Promise<string> | string {
  const order = readTokenOrder(body)
  if (faults.body === 'notjwt') return 'this-is-no-jwt'
  const room = order.room ?? inventedName('room', context.random)
  const identity = order.identity ?? inventedName('user', context.random)
  return signToken({ ...order, room, identity }, faults, context, serverTime(context, faults))
}
