import { HTTPFetchError } from '@line/bot-sdk'

export interface TimedHttpOptions {
  readonly baseUrl: string
  readonly accessToken: string
  readonly timeoutMs: number
}

/**
 * The HTTP methods the SDK's clients call, with what its own lacks: a time-out that ends the connection (and covers
 * reading the answer), no redirects (they would carry the access token elsewhere), and a base address whose path is kept.
 */
export function timedHttp({ baseUrl, accessToken, timeoutMs }: TimedHttpOptions) {
  const base = baseUrl.replace(/\/+$/, '')
  const call = async (path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> => {
    const response = await fetch(base + path, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${accessToken}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs)
    })
    if (response.ok) return response
    const { status, statusText, headers } = response
    throw new HTTPFetchError(`${status} - ${statusText}`, { status, statusText, headers, body: await response.text() })
  }
  return {
    get: (path: string) => call(path, {}),
    post: (path: string, body: unknown, config?: { headers?: Record<string, string> }) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...config?.headers },
        body: JSON.stringify(body)
      }),
    postBinaryContent: (path: string, body: Blob) =>
      call(path, { method: 'POST', headers: { 'content-type': body.type }, body }),
    delete: (path: string) => call(path, { method: 'DELETE' })
  }
}
