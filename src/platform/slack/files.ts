import { DeliveryError } from '../queue/types.ts'
import type { ClientOptions, SlackClients } from './clients.ts'
import { asDeliveryError, calling, slackCode } from './errors.ts'

/** A file that Slack keeps. */
export interface SlackFile {
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  readonly url: string
}

/** Why a file cannot be read, however often it is tried: it was deleted, or the app may not read files. */
export type NoFile = 'gone' | 'no_scope'

/** Reads files that people gave the app. Throws a DeliveryError when it may work later. */
export interface SlackFiles {
  find(id: string): Promise<SlackFile | NoFile>
  /** The bytes as they come. */
  read(file: SlackFile): Promise<AsyncIterable<Uint8Array> | NoFile>
}

const GONE: ReadonlySet<string> = new Set(['file_not_found', 'file_deleted', 'access_denied'])

/** Files of the workspace, read with the app's token (scope files:read). */
export function slackFiles(
  clients: SlackClients,
  { slack, fetch }: Pick<ClientOptions, 'slack' | 'fetch'>
): SlackFiles {
  return {
    async find(id) {
      try {
        const { file } = await calling(() => clients.background.files.info({ file: id }))
        const { name = '', size = 0, url_private_download: url } = file ?? {}
        return url === undefined ? 'gone' : { id, name, sizeBytes: size, url }
      } catch (error) {
        const code = slackCode(error)
        if (code === 'missing_scope') return 'no_scope'
        if (GONE.has(code ?? '')) return 'gone'
        throw error
      }
    },
    async read({ url }) {
      if (!isSlacks(url, slack.apiUrl)) return 'gone'
      const headers = { authorization: `Bearer ${slack.botToken}` }
      const answer = await (fetch ?? globalThis.fetch)(url, { headers, redirect: 'manual' }).catch((error: unknown) => {
        throw asDeliveryError(error)
      })
      return bodyOf(answer)
    }
  }
}

/** The token goes to Slack alone. */
function isSlacks(url: string, apiUrl: string): boolean {
  const at = URL.parse(url)
  if (!at) return false
  return at.origin === new URL(apiUrl).origin || (at.protocol === 'https:' && /(^|\.)slack\.com$/.test(at.hostname))
}

/** Without the scope Slack answers with its page for signing in. */
function bodyOf(answer: Response): AsyncIterable<Uint8Array> | NoFile {
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false
  if ((answer.status >= 300 && answer.status < 400) || answer.status === 403 || (answer.ok && isPage)) return 'no_scope'
  if (answer.status === 404 || answer.status === 410) return 'gone'
  if (!answer.ok || !answer.body)
    throw new DeliveryError(`Slack did not hand over a file: ${answer.status}`, {
      retry: 'later',
      answered: true,
      status: answer.status
    })
  return pieces(answer.body)
}

/** Not every runtime's streams can be walked. */
async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
