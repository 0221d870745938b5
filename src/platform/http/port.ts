import type { AddressInfo } from 'node:net'

/** The port that a server listens on, such as the free one that it was given for 0. Fails when it does not listen. */
export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port')
  return address.port
}
