import { EventEmitter } from 'node:events'

const QUIET_MS = 40

/** Tells the open pages that there is something new; changes that come together are told once. */
export interface Changes {
  changed(): void
  /** Calls `onChange` until the signal is given, or until no more is told: resolves then. */
  follow(onChange: () => void, signal: AbortSignal): Promise<void>
  /** Tells no more: lets those who follow go. */
  end(): void
}

export function createChanges(): Changes {
  const bus = new EventEmitter().setMaxListeners(0)
  const ended = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined
        bus.emit('change')
      }, QUIET_MS)
      timer.unref()
    },
    async follow(onChange, signal) {
      bus.on('change', onChange)
      await given(AbortSignal.any([signal, ended.signal]))
      bus.off('change', onChange)
    },
    end: () => ended.abort()
  }
}

function given(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
