/** A page in a frame of the app's, of another origin: it says what an inspector would say, and keeps what it hears. */
export const evil = { heard: [] as unknown[] }
Object.assign(globalThis, { evil })

addEventListener('message', ({ data }) => evil.heard.push(data))
for (const type of ['@statelyai.connected', 'xstate.inspecting', 'xstate.event', 'disconnect', 'unload'])
  window.parent.postMessage({ type, event: '{}' }, '*')
window.parent.postMessage({ type: 'service.state', sessionId: 'evil', state: '{}' }, '*')
