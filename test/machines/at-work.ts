import { type AttemptInput, type TokenMachineEvent, tokenMachine } from 'livekit-token-store/machine'
import { createActor, fromCallback, type NonReducibleUnknown } from 'xstate'

/** A machine at work, whose attempts do nothing but count. */
export function atWork(policy = {}) {
  const running: AttemptInput[] = []
  const begun: AttemptInput[] = []
  const attempt = fromCallback<{ type: string }, AttemptInput & NonReducibleUnknown>(({ input }) => {
    running.push(input)
    begun.push(input)
    return () => void running.splice(running.indexOf(input), 1)
  })
  const actor = createActor(tokenMachine.provide({ actors: { attempt } }), { input: policy })
  const told: unknown[] = []
  actor.on('*', (event) => told.push(event))
  actor.start()
  const play = (...events: TokenMachineEvent[]) => {
    for (const event of events) actor.send(event)
    return actor.getSnapshot()
  }
  return { actor, running, begun, told, play }
}
