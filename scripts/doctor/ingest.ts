import { z } from 'zod'
import type { Config } from '../../src/config.ts'
import { ask } from './ask.ts'
import { type Finding, fine, problem } from './finding.ts'

const Receipt = z.object({ success: z.literal(true) })

/** Which sources may send events, and whether the running server takes their keys: an empty batch stores nothing. */
export async function checkIngest({ publicUrl, writeKeys }: Config): Promise<Finding[]> {
  if (writeKeys.length === 0) return [fine('ingest', 'no source sends events over HTTP (MATANE_WRITE_KEYS)')]
  return Promise.all(
    writeKeys.map(async ({ source, kind, key }) => {
      const answer = await ask(`${publicUrl}/v1/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: '{"batch":[]}'
      })
      if (answer.ok && answer.status === 200 && Receipt.safeParse(answer.body).success)
        return fine('ingest', `${source} (${kind}) may send events`)
      const what = `the key of ${source} is not taken: ${answer.ok ? `/v1/batch answered ${answer.status}` : answer.why}`
      return problem('ingest', what, 'Does the running server have these MATANE_WRITE_KEYS? Restart it after a change.')
    })
  )
}
