/** Who this tab is. Each tab is somebody else: a server lets an identity be in a room once. */
export interface Person {
  readonly name: string
  readonly identity: string
  /** Degrees, of the picture that is drawn for who has no camera. */
  readonly hue: number
}

const NAMES = ['Ada', 'Grace', 'Hedy', 'Joan', 'Mary', 'Radia', 'Edith', 'Annie'] as const
const KEY = 'livekit-token-store-demo'
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The same after a reload. A duplicated tab has the storage of its model, but not the lock, and is somebody new. */
export async function personOfThisTab(): Promise<Person> {
  const kept = sessionStorage.getItem(KEY)
  const person = (kept !== null && readPerson(kept)) || somebody()
  const mine = (await claim(person)) ? person : somebody()
  if (mine !== person) await claim(mine)
  sessionStorage.setItem(KEY, mine.identity)
  return mine
}

/** @returns Null for what is no identity of this page. */
export function readPerson(identity: string): Person | null {
  const name = NAMES.find((each) => identity.startsWith(`${each.toLowerCase()}-`))
  if (!name) return null
  const seed = [...identity].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7)
  return { name, identity, hue: (seed * 47) % 360 }
}

function somebody(): Person {
  const luck = crypto.getRandomValues(new Uint8Array(6))
  const name = NAMES[(luck[0] ?? 0) % NAMES.length] ?? NAMES[0]
  const suffix = [...luck.slice(1)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return readPerson(`${name.toLowerCase()}-${suffix}`) as Person
}

/** Whether no other tab is this person. The lock is held for as long as the page is there. */
const claim = ({ identity }: Person): Promise<boolean> =>
  new Promise((resolve) => {
    navigator.locks
      .request(`${KEY}:${identity}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock && new Promise(() => {})
      })
      .catch(() => resolve(true))
  })
