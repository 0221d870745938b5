const FIRST_SLOTS = 1 << 12
/** An empty slot; keys are never negative. */
const EMPTY = -1

/**
 * Counts how often each key was seen, for millions of keys in little memory (16 bytes each): two rows of one file that
 * say the same are two things that happened. Keys are hashes: whole numbers from 0 to 2^53, anywhere between.
 */
export class Occurrences {
  #keys = new Float64Array(FIRST_SLOTS).fill(EMPTY)
  #counts = new Uint32Array(FIRST_SLOTS)
  #size = 0

  /** How often the key was seen before; it is counted now. */
  next(key: number): number {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const slot = this.#slotOf(key)
    if (this.#keys[slot] === EMPTY) {
      this.#keys[slot] = key
      this.#size += 1
    }
    const before = this.#counts[slot] ?? 0
    this.#counts[slot] = before + 1
    return before
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1
    let slot = key % this.#keys.length
    while (this.#keys[slot] !== EMPTY && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY)
    this.#counts = new Uint32Array(keys.length * 2)
    for (const [index, key] of keys.entries()) {
      if (key === EMPTY) continue
      const slot = this.#slotOf(key)
      this.#keys[slot] = key
      this.#counts[slot] = counts[index] ?? 0
    }
  }
}
