import { type IncomingMessage, request } from 'node:http'

export interface Question {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** The request target as it goes over the wire, where a URL would be tidied up. */
  path?: string
}

export interface Reply {
  status: number
  headers: IncomingMessage['headers']
  text: string
  json(): Record<string, unknown>
}

/** One HTTP request over a connection of its own; `fetch` would keep `Host` and `Origin` to itself. */
export function ask(url: string, { method = 'POST', headers, body, path }: Question = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: false, ...(path === undefined ? {} : { path }) }
    const sent = request(url, options, async (response) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of response) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        json: () => JSON.parse(text),
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export const tokenOf = (reply: Reply): string => String(reply.json().participant_token)
