import type { View } from './actions.ts'
import { chatView } from './chat.ts'
import { draftAt, placeOf } from './drafts.ts'
import { initialOf, shopInitialOf, shortNameOf, toneOf } from './faces.ts'
import { writtenIn } from './forms.ts'
import { icon } from './icons.ts'
import { menuView } from './menu.ts'
import { type Element, h } from './node.ts'
import type { Choice, Person, SandboxState } from './state.ts'

/** The id of the field that customers write in. */
export const LINE_INPUT = 'line-input'

/** The customers' side: who holds the phone, and the phone. */
export function phoneColumn(state: SandboxState, choice: Choice, view: View): Element {
  const person = state.people.find(({ id }) => id === choice.person)
  return h(
    'section',
    { key: 'phone', class: 'phone-column', attrs: { 'aria-label': view.t.phone, 'data-testid': 'phone' } },
    peopleBar(state.people, choice, view),
    h(
      'div',
      { class: 'phone' },
      header(state, person, view),
      person?.relation === 'new' && state.chat.length === 0 ? profile(state, view) : chatView(state, person, view),
      footer(person, choice, view),
      state.menu && person?.relation === 'following' ? menuView(state.menu, choice, view) : undefined
    )
  )
}

function peopleBar(people: readonly Person[], choice: Choice, view: View): Element {
  const chips = people.map((person) => {
    const chosen = person.id === choice.person
    const attrs = {
      type: 'button',
      'aria-pressed': chosen ? 'true' : 'false',
      'data-testid': `person-${person.name}`,
      title: person.name
    }
    return h(
      'button',
      {
        key: person.id,
        class: `chip ${person.relation}`,
        attrs,
        on: { click: () => view.act.choose({ person: person.id }) }
      },
      h('span', { class: `avatar tone-${toneOf(person.id)}` }, initialOf(person.name)),
      h('span', { class: 'chip-name' }, shortNameOf(person.name))
    )
  })
  const add = h(
    'button',
    {
      key: 'add',
      class: 'chip add',
      attrs: { type: 'button', title: view.t.addPerson, 'aria-label': view.t.addPerson, 'data-testid': 'add-person' },
      on: { click: () => view.act.choose({ dialog: 'person' }) }
    },
    icon('plus', 16)
  )
  return h('div', { class: 'people', attrs: { role: 'group', 'aria-label': view.t.people } }, chips, add)
}

function header(state: SandboxState, person: Person | undefined, view: View): Element {
  const isNewHere = person?.relation === 'new' && state.chat.length === 0
  return h(
    'header',
    { class: 'phone-header' },
    icon('back', 20),
    h('b', {}, state.shopName),
    h('span', { class: 'badge-official', attrs: { title: view.t.officialAccount } }, '★'),
    person && !isNewHere ? relationButton(person, view) : undefined
  )
}

function relationButton({ relation }: Person, { t, act }: View): Element {
  const [label, testId, run] = {
    new: [t.addFriend, 'follow', () => act.follow()] as const,
    following: [t.block, 'block', () => act.block()] as const,
    blocked: [t.unblock, 'unblock', () => act.follow()] as const
  }[relation]
  return h(
    'button',
    { class: 'phone-menu', attrs: { type: 'button', 'data-testid': testId }, on: { click: run } },
    label
  )
}

function profile(state: SandboxState, view: View): Element {
  return h(
    'div',
    { class: 'profile', key: 'profile' },
    h('span', { class: 'shop-face large' }, shopInitialOf(state.shopName)),
    h('b', {}, state.shopName),
    h('span', { class: 'profile-id' }, `${view.t.officialAccount} ・ ${state.botId}`),
    h('p', {}, view.t.notFriend),
    h(
      'button',
      {
        class: 'add-friend',
        attrs: { type: 'button', 'data-testid': 'follow' },
        on: { click: () => view.act.follow() }
      },
      icon('plus', 18),
      view.t.addFriend
    )
  )
}

function footer(person: Person | undefined, choice: Choice, view: View): Element | undefined {
  if (!person || person.relation === 'blocked')
    return h('footer', { key: 'blocked', class: 'phone-note' }, person ? view.t.blocked : '')
  const submit = (event: Event): void => {
    event.preventDefault()
    view.act.say(writtenIn(event))
  }
  const draft = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) view.act.draft('line', event.target.value)
  }
  const attrs = {
    id: LINE_INPUT,
    name: 'text',
    placeholder: view.t.writeLine,
    'aria-label': view.t.writeLine,
    autocomplete: 'off',
    maxlength: 5000,
    'data-testid': 'line-input'
  }
  return h(
    'form',
    { key: 'composer', class: 'phone-composer', on: { submit } },
    tool('qr', view.t.scan, 'scan', () => view.act.choose({ dialog: 'scan' })),
    tool('face', view.t.sticker, 'sticker', () => view.act.sticker()),
    h('input', { attrs, value: draftAt(choice, placeOf(choice, 'line')), on: { input: draft } }),
    h(
      'button',
      { class: 'phone-send', attrs: { type: 'submit', 'aria-label': view.t.send, 'data-testid': 'line-send' } },
      icon('send', 20)
    )
  )
}

function tool(name: 'qr' | 'face', label: string, testId: string, run: () => void): Element {
  const attrs = { type: 'button', title: label, 'aria-label': label, 'data-testid': testId }
  return h('button', { class: 'phone-tool', attrs, on: { click: run } }, icon(name, 22))
}
