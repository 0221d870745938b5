import type { FieldCipher } from '../../platform/db/index.ts'

/** Opens a sealed value; undefined for what is none, or no key opens. */
export type Open = (field: string, sealed: unknown) => string | undefined

/** Opens values, and counts by column those that no key opens: they must not keep the rest from its owner. */
export function createOpener(cipher: FieldCipher): { readonly open: Open; unreadable(): Record<string, number> } {
  const unreadable = new Map<string, number>()
  return {
    open(field, sealed) {
      if (typeof sealed !== 'string' || sealed === '') return undefined
      try {
        return cipher.open(field, sealed)
      } catch {
        unreadable.set(field, (unreadable.get(field) ?? 0) + 1)
        return undefined
      }
    },
    unreadable: () => Object.fromEntries(unreadable)
  }
}
