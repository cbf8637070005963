export const HELP = `livekit-token-devtools: a LiveKit token endpoint on this machine, with faults to order, and an
offline inspector

Usage
  livekit-token-devtools dev [flags]

Starts what a LiveKit app needs on one machine and prints a line for each, such as

  livekit ws://127.0.0.1:41736
  endpoint http://127.0.0.1:41737/token
  inspector http://127.0.0.1:41739/Rk3vZ0m8Qb1xw5Tn2sYd6g/
  demo http://127.0.0.1:41738/

The endpoint answers a POST in LiveKit's standard format with a token for the LiveKit server: use it as
TokenSource.endpoint(url), or as fromEndpoint(url) of livekit-token-store. The demo is a page that shows the life
of such tokens and joins rooms with them; its line is there when the page is. The inspector shows the demo, what
connects to it with connectInspector(recorder, { url }), and any machine that @xstate/inspect or @statelyai/inspect
sends; the secret in its URL is new at each start, unless it is given. Everything listens on 127.0.0.1
alone. Ctrl-C ends it.

The LiveKit server is, in this order, what --livekit says, LIVEKIT_URL (one that runs already; its key and secret
in LIVEKIT_API_KEY and LIVEKIT_API_SECRET), LIVEKIT_SERVER (a program to start), or \`livekit-server\` on the PATH.
One that is started has the endpoint's key, free ports, and no log: LiveKit's quotes tokens. Without any, tokens
are for ws://127.0.0.1:7880, where \`livekit-server --dev\` listens.

Flags
  --port N            port of the endpoint. Default: any free one
  --livekit WHICH     the URL of a LiveKit server that runs, the path of one to start, or off
                        --livekit ws://127.0.0.1:7880    --livekit ./livekit-server    --livekit off
  --server-url URL    what clients are told to connect to, as it is. Starts no LiveKit server
  --api-key KEY       default: devkey
  --api-secret SECRET default: secret. Whoever is on this machine gets tokens: no key of a server that matters
  --inspector-port N  port of the inspector. Default: any free one. A phone comes to it by adb reverse tcp:N tcp:N
  --inspector-secret S  what lets in, 22 characters or more: with the port, the URL stays for an app on a phone.
                      Default: a new one at each start
  --allow-origin O    a page of that origin may connect to the inspector, and embed it; as often as needed
                        --allow-origin http://localhost:5173
  --dial URL          a process whose @xstate/inspect listens there is shown too; as often as needed
                        --dial ws://127.0.0.1:8888
  --open, --no-open   open the demo in a browser, or do not. Default: on a terminal, but not in CI
  --help, --version

Faults, for every request as flags
  --latency MS        each answer comes MS milliseconds late, 0 to 60000
                        --latency 3000
  --failure P         a request fails with 503 with probability P, 0 to 1
                        --failure 0.3
  --status N          every answer has the status N, 200 to 599; wins over --failure
                        --status 401
  --retryAfter S      answers carry Retry-After: S seconds, 0 to 86400
                        --status 429 --retryAfter 20
  --hang              requests are taken and never answered
                        --hang
  --ttl S             tokens live S seconds, 1 to 315360000. Default: 900
                        --ttl 30
  --skew S            the server's clock is S seconds ahead, a day at most: nbf, exp and the Date header move.
                      Behind with a minus, which needs the equals sign
                        --skew 90    --skew=-90
  --body KIND         what the body is: json (as it should be), html (a sign-in page), empty (nothing),
                      notjwt (a participant_token that is no JWT)
                        --body html
  --expired           tokens expired two minutes before they are handed out
                        --expired

Faults, for one request in its query
  The same names. The query wins over the flags, so ?status=201, ?latency=0 or ?hang=false turn one off.
  A switch needs no value. What is no fault, or has a wrong value, is answered with 400 and says so.
                        http://127.0.0.1:41737/token?ttl=30&latency=500
                        http://127.0.0.1:41737/token?status=429&retryAfter=20
                        http://127.0.0.1:41737/token?hang

By hand
  livekit-token-devtools dev --port 8787 --ttl 60
  curl -X POST 'http://127.0.0.1:8787/token?latency=500' \\
    -H 'Content-Type: application/json' \\
    -d '{"room_name": "kitchen", "participant_identity": "ada"}'

Exit codes
  0  ended by Ctrl-C or SIGTERM      1  something went wrong, such as a taken port      2  wrong command line`
