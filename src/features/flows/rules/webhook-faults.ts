import { isOwnWord } from './answers.ts'
import { findStep } from './graph.ts'
import type { Fault } from './references.ts'
import type { Deed, Flow } from './schema.ts'

type Webhook = Extract<Deed, { do: 'webhook' }>

/** The variable without which nothing is sent. */
const SECRET = 'MATANE_WEBHOOK_SECRET'
/** This very machine, to try a flow out. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** What is wrong with a step that tells another system, by itself. */
export function webhookFaults(flow: Flow, { url, include = [] }: Webhook, path: Fault['path']): Fault[] {
  const address = addressFault(url)
  return [
    ...(address ? [{ path: [...path, 'url'], message: address }] : []),
    ...include.flatMap((id, index) => {
      const message = includeFault(flow, id)
      return message ? [{ path: [...path, 'include', index], message }] : []
    })
  ]
}

function addressFault(url: string): string | undefined {
  const target = URL.canParse(url) ? new URL(url) : undefined
  const isOwn = target?.protocol === 'http:' && LOOPBACK.includes(target.hostname)
  if (!target || (target.protocol !== 'https:' && !isOwn) || /[\s{}]/.test(url))
    return 'write an address that begins with https://, the same for everybody, such as https://shop.example.com/hooks'
  return target.username || target.password
    ? 'leave out the name and password before the @: what is sent is signed, so that the receiver knows who it is from'
    : undefined
}

function includeFault(flow: Flow, id: string): string | undefined {
  const step = findStep(flow, id)
  if (step?.do !== 'ask') return `there is no question "${id}": write the id of one`
  return isOwnWord(step) ? undefined : `the answer to "${id}" is sent in any case: delete the line`
}

/** A flow that tells another system stands on the secret by which that system knows who it is from. */
export function secretFaults(flow: Flow, unset: readonly string[]): Fault[] {
  const index = flow.steps.findIndex((step) => step.do === 'webhook')
  if (index < 0 || !unset.includes(SECRET)) return []
  const message = `${SECRET} is not set, and nothing is sent unsigned: make one with: echo "whsec_$(openssl rand -base64 32)", give it to the server and to the receiver, and start again`
  return [{ path: ['steps', index, 'url'], message }]
}
