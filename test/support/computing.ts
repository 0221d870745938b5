/**
 * How long this process computed for some work, in milliseconds: unlike a clock it does not count the time in which other
 * processes had the machine.
 */
export async function computingMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
