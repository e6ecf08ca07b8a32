/* Words on their way out, kept by the browser so that neither a closed tab nor a crash loses them. One entry a message, so
 * that two tabs never write over each other. Each lies in the box of whoever wrote it (portal/boxes.py): who signs in after
 * them has another one, and signing out empties all. Where a browser keeps nothing they last as long as the page.
 */
export interface Kept {
  client: string
  text: string
  /* Names of files, which are not kept themselves. */
  files: string[]
  at: number
}

const BEGINS = "talk-out"
const LIVES_MS = 7 * 86_400_000

export class KeptWords {
  #boxes: string[] = []

  /* boxes   names with spaces between, the one to write to first; name: of the talk on this page */
  constructor(
    boxes: string,
    private name: string,
  ) {
    this.rename(boxes)
  }

  /* The talk began meanwhile, so that the browser has a box of its own now: what lies in the old one moves. */
  rename(boxes: string) {
    const before = this.all()
    this.#boxes = boxes.split(" ").filter(Boolean)
    for (const each of before) this.keep(each)
    this.#sweep()
  }

  keep(kept: Kept) {
    for (const box of this.#boxes.slice(1)) drop(this.#key(box, kept.client))
    try {
      if (this.#boxes[0]) localStorage.setItem(this.#key(this.#boxes[0], kept.client), JSON.stringify(kept))
    } catch {
      // Full or forbidden: they wait in memory.
    }
  }

  forget(client: string) {
    for (const box of this.#boxes) drop(this.#key(box, client))
  }

  has(client: string): boolean {
    return this.#boxes.some((box) => read(this.#key(box, client)) !== null)
  }

  /* What lies in the boxes of whoever looks, oldest first. */
  all(): Kept[] {
    const mine = keys().filter((key) => this.#boxes.some((box) => key.startsWith(this.#key(box, ""))))
    const found = mine.map((key) => parsed(read(key))).filter((each) => each !== null)
    return found.sort((one, other) => one.at - other.at)
  }

  #key(box: string, client: string) {
    return [BEGINS, box, this.name, client].join(":")
  }

  /* What nobody came back for in a week, and what somebody left who was signed in here before. */
  #sweep() {
    const isPersons = this.#boxes[0]?.startsWith("p-")
    for (const key of keys()) {
      const box = key.split(":")[1]!
      const kept = parsed(read(key))
      const isAnothers = isPersons && box.startsWith("p-") && !this.#boxes.includes(box)
      if (!kept || isAnothers || Date.now() - kept.at > LIVES_MS) drop(key)
    }
  }
}

/* Nobody who uses this browser next finds anything. */
export function forgetEverything() {
  for (const key of keys()) drop(key)
  try {
    for (const key of Object.keys(sessionStorage)) sessionStorage.removeItem(key)
  } catch {
    // Forbidden: nothing was kept either.
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${BEGINS}:`))
  } catch {
    return []
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function drop(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {
    // Forbidden: nothing was kept either.
  }
}

function parsed(text: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? "null") as Kept | null
    return kept && typeof kept.client === "string" && typeof kept.text === "string" ? { ...kept, files: kept.files ?? [] } : null
  } catch {
    return null
  }
}
