/** Stands in for @slack/socket-mode in the Workers bundle: Bolt imports it for a receiver that is not used there. */
export class SocketModeClient {
  constructor() {
    throw new Error('Socket mode is not part of the Workers bundle')
  }
}
export const LogLevel = { ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug' } as const
