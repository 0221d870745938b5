import { EventEmitter } from 'node:events'

const QUIET_MS = 40

/** Tells the open pages that there is something new; changes that come together are told once. */
export interface Changes {
  changed(): void
  /** Answers the function that stops listening. */
  listen(listener: () => void): () => void
}

export function createChanges(): Changes {
  const bus = new EventEmitter().setMaxListeners(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined
        bus.emit('change')
      }, QUIET_MS)
      timer.unref()
    },
    listen(listener) {
      bus.on('change', listener)
      return () => bus.off('change', listener)
    }
  }
}
