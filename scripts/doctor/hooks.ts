import type { Config } from '../../src/config.ts'
import { ask } from './ask.ts'
import { type Finding, fine, problem } from './finding.ts'

/** Knocks at each webhook that has a secret, unsigned: a server that knows the secret refuses. */
export async function checkHooks({ publicUrl, hookSecrets }: Config): Promise<Finding[]> {
  const sources = [...hookSecrets.keys()]
  if (sources.length === 0) return [fine('hooks', 'no webhook of a shop or payment service is open')]
  return Promise.all(sources.map((source) => checkHook(`${publicUrl}/hooks/${source}`, source)))
}

async function checkHook(address: string, source: string): Promise<Finding> {
  const answer = await ask(address, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  if (!answer.ok) return problem('hooks', `${address} cannot be reached: ${answer.why}`, 'Is the server running?')
  if (answer.status === 401) return fine('hooks', `${address} is open, and refuses what is not signed`)
  if (answer.status !== 404)
    return problem(
      'hooks',
      `${address} answered ${answer.status}`,
      "The server's log says why; no proxy may answer itself."
    )
  const fix = `Does the running server have this MATANE_HOOK_SECRETS? All but stripe and shopify need flows/hooks/${source}.yaml, published.`
  return problem('hooks', `${address} is not open`, fix)
}
