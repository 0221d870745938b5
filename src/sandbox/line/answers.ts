import { newRequestId } from './ids.ts'

/** A JSON answer as LINE gives it, with its request id. */
export function answer(status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { 'x-line-request-id': newRequestId(), ...headers } })
}

/** A refusal in LINE's shape. */
export function refusal(status: number, message: string, details: readonly unknown[] = []): Response {
  return answer(status, { message, ...(details.length > 0 && { details }) })
}

/** A 400 that names the places of the faults. */
export function badRequest(details: readonly { message: string; property: string }[]): Response {
  return refusal(400, `The request body has ${details.length} error(s)`, details)
}
