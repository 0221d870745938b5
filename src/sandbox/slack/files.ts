import { type FakeState, slackId } from './state.ts'
import type { FakeFile, JsonObject } from './types.ts'

/** Below the API's address: where files are read. */
export const FILE_PATH = 'files-pri/'

/** A file on its way into a form. */
export interface NewFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Takes a person's file, as Slack's client does when it is chosen in a form. */
export function addFile(state: FakeState, userId: string, given: NewFile & { readonly apiUrl: string }): FakeFile {
  const id = slackId('F')
  const { name, bytes, apiUrl } = given
  const file = { id, name, bytes, userId, url: `${apiUrl}${FILE_PATH}${id}` }
  state.files.set(id, file)
  return file
}

/** A file as Slack tells of it. */
export function fileObject({ id, name, userId, bytes, url }: FakeFile): JsonObject {
  const filetype = /\.([^.]+)$/.exec(name)?.[1] ?? ''
  return {
    ...{ id, name, title: name, user: userId, filetype, mimetype: 'text/csv', mode: 'hosted' },
    ...{ size: bytes.length, url_private: url, url_private_download: url }
  }
}

/** Hands over a file's bytes. */
export function fileResponse(state: FakeState, id: string): Response {
  const file = state.files.get(id)
  return file
    ? new Response(file.bytes, { headers: { 'content-type': 'application/octet-stream' } })
    : new Response('file_not_found', { status: 404 })
}
