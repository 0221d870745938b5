import type { Log, LogData } from './scope.ts'
import { scrubber } from './scrub.ts'

export type LogLevel = 'info' | 'warn' | 'error'

/** A log over anything that takes lines; what it passes on is scrubbed. Never throws: a log line must not undo work. */
export function scrubbedLog(
  write: (level: LogLevel, message: string, data: LogData) => void,
  secrets: readonly string[] = []
): Log {
  const scrub = scrubber(secrets)
  const at =
    (level: LogLevel) =>
    (message: string, data: LogData = {}) => {
      try {
        write(level, scrub.text(message), scrub.data(data))
      } catch {
        // A getter that throws, a closed stream: nothing to be done from here.
      }
    }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/** The log where there is no pino (Workers): JSON lines on the console. `secrets` are values that must never appear. */
export function consoleLog(secrets: readonly string[] = []): Log {
  return scrubbedLog((level, message, data) => {
    console[level](JSON.stringify({ level, time: new Date().toISOString(), msg: message, data }))
  }, secrets)
}
