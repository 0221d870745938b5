interface Reward {
  readonly key: string
}

/** What of a programme's body its parts have to agree on. */
interface Body {
  readonly goal: number
  readonly bonus?: number | undefined
  readonly expires?: string | undefined
  readonly expires_from?: string | undefined
  readonly reward?: Reward | undefined
  readonly rewards?: readonly (Reward & { readonly at: number })[] | undefined
}

interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What is wrong between the parts of a programme, each of which is good by itself. */
export function programmeFaults(body: Body): Fault[] {
  return [...rewardFaults(body), ...goalFaults(body), ...bonusFaults(body), ...endFaults(body)]
}

function rewardFaults({ goal, reward, rewards = [] }: Body): Fault[] {
  return rewards.flatMap(({ at, key }, index) => {
    const path = (field: string) => ['rewards', index, field]
    const before = rewards.slice(0, index)
    const sameKey = reward?.key === key || before.some((other) => other.key === key)
    return [
      ...(at > goal ? [{ path: path('at'), message: `a card has ${goal} places: write at most ${goal}` }] : []),
      ...(before.some((other) => other.at === at)
        ? [{ path: path('at'), message: `there is a reward at ${at} already: give each a number of its own` }]
        : []),
      ...(sameKey
        ? [{ path: path('key'), message: `another reward is called "${key}" too: give each its own key` }]
        : [])
    ]
  })
}

/** A full card gives exactly one thing. */
function goalFaults({ goal, reward, rewards = [] }: Body): Fault[] {
  const index = rewards.findIndex(({ at }) => at === goal)
  if (reward && index >= 0)
    return [{ path: ['rewards', index, 'at'], message: '"reward" says what a full card gives: leave one of them out' }]
  if (reward || index >= 0) return []
  const message = `say what a full card gives: "reward", or one of "rewards" at ${goal}`
  return [{ path: rewards.length > 0 ? ['rewards'] : ['reward'], message }]
}

/** A gift with the first card comes with the first visit, not before. */
function bonusFaults({ goal, bonus, rewards = [] }: Body): Fault[] {
  const first = Math.min(goal, ...rewards.map(({ at }) => at))
  if (bonus === undefined || bonus < first) return []
  return [{ path: ['bonus'], message: `write less than ${first}: the first reward there is has to be earned` }]
}

function endFaults({ expires, expires_from }: Body): Fault[] {
  if (expires !== undefined || expires_from === undefined) return []
  return [{ path: ['expires_from'], message: 'say with "expires" how long a card holds, or leave this out' }]
}
