import type { FeedEntry, SandboxState } from './state.ts'

/** The page's calls to its own server. Each throws when the server does not answer or says no. */

export async function fetchState(choice: { person: string; staff: string; channel: string }): Promise<SandboxState> {
  const { person, staff, channel } = choice
  return getJson(`/sandbox/state?${new URLSearchParams({ person, staff, channel })}`)
}

/** The inspector's entries after the one with this id. */
export async function fetchFeed(after: number): Promise<readonly FeedEntry[]> {
  const { entries } = await getJson<{ entries: readonly FeedEntry[] }>(`/sandbox/inspector?after=${after}`)
  return entries
}

/** Does something at the sandbox; answers what the server answered. */
export async function post(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

/** What a counter's QR code holds right now: the address that a phone opens when it scans it. */
export async function readCounter(counterUrl: string): Promise<string | undefined> {
  const [path = '', query = ''] = counterUrl.split('?', 2)
  const { link } = await getJson<{ link?: unknown }>(`${path}/code?${query}`)
  return typeof link === 'string' ? link : undefined
}
