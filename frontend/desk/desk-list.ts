/* A list that stays true while it is looked at. Without it the list is links, and the filters have a button.
 *   <desk-list data-stream data-counts data-looking data-one data-many [data-later]>
 *     data-stream  token of the list's stream; "" or none for a list that stands still (search)
 *     data-counts  where counts and a fresh token come from
 *     data-looking where it asks who is at a row, drawn in the row's .around
 *     data-later   this is not the first page, so only counts change
 *     data-urgent  what is most urgent stands first; says that the order has changed
 *     [data-key]   pressed by its letter, before what the letter does to a row
 * j and k walk the rows, x picks one, and row-acts.ts has the keys that do something to it or to all that are picked.
 * Rows change in place; new ones are announced and wait for a press (or "."), so that nothing moves under the hand. A list by
 * urgency is put in order at once when a priority is changed, or, while the pointer is among its rows, when it leaves them.
 */
import { Live } from "./live.ts"
import { show } from "../ui/dom.ts"
import { onChoosing } from "./choosing.ts"
import { onKey } from "./keys.ts"
import { askCounts, fetchPage, freshToken, narrow, recount, renew, seenNow } from "./page.ts"
import { RowActs } from "./row-acts.ts"

const BREATH_MS = 400
const MINUTE_MS = 60_000
const AROUND_MOST = 50

export class DeskList extends HTMLElement {
  #leaving = new AbortController()
  #live?: Live
  #timer = 0
  #minute = 0
  #fresh?: Document
  #last?: HTMLInputElement
  #moves = false
  #around = new Set<string>()
  #aroundTimer = 0
  #acts = new RowActs(this, (numbers) => void this.#acted(numbers))

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    onKey((key) => this.#take(key), signal)
    onChoosing(this, ".filters select", signal)
    this.querySelector(".filters")?.addEventListener("change", narrow, { signal })
    this.querySelector(".list-fresh")?.addEventListener("click", () => this.#show(), { signal })
    this.addEventListener("change", this.#picked, { signal })
    this.addEventListener("click", this.#between, { signal })
    this.addEventListener("pointerout", () => queueMicrotask(() => this.#moves && this.#reorder()), { signal })
    this.addEventListener("run-ended", () => this.#soon(), { signal })
    document.addEventListener("visibilitychange", () => document.hidden || this.#soon(), { signal })
    if (!this.dataset.stream) return
    this.#live = new Live(this.dataset.stream, () => freshToken(this.dataset.counts!), (name, data) => {
      if (name === "presence") this.#lookAround(String(data.number))
      else if (name === "mailbox") void askCounts(this.dataset.counts!, true)
      else this.#soon(name === "missed" || data.verb === "conversation.priority_changed")
    })
    this.#minute = window.setInterval(() => document.hidden || this.#soon(), MINUTE_MS)
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#live?.end()
    this.#acts.end()
    clearTimeout(this.#timer)
    clearTimeout(this.#aroundTimer)
    clearInterval(this.#minute)
  }

  /* Somebody came to a row, left it or types there. */
  #lookAround(number: string) {
    if (document.hidden || !this.#rows().some((row) => row.dataset.number === number)) return
    this.#around.add(number)
    clearTimeout(this.#aroundTimer)
    this.#aroundTimer = window.setTimeout(() => void this.#askAround(), BREATH_MS)
  }

  async #askAround() {
    const numbers = [...this.#around].slice(0, AROUND_MOST)
    for (const number of numbers) this.#around.delete(number)
    try {
      const answer = await fetch(`${this.dataset.looking}?${new URLSearchParams(numbers.map((number) => ["number", number]))}`)
      if (!answer.ok) return
      const { around } = (await answer.json()) as { around: Record<string, string> }
      for (const row of this.#rows()) {
        const place = row.querySelector(".around")
        if (place && around[row.dataset.number!] !== undefined) place.innerHTML = around[row.dataset.number!]!
      }
    } catch {
      // Offline: the next look at the whole list says it.
    }
  }

  #rows() {
    return [...this.querySelectorAll<HTMLElement>(".conversation")]
  }

  #take(key: string): boolean {
    if (key === "j" || key === "k") return this.#move(key === "j" ? 1 : -1)
    if (key === "x") return this.#pick()
    if (key === ".") return this.#show()
    const pressed = this.querySelector<HTMLElement>(`[data-key="${key}"]`)
    pressed?.click()
    return pressed !== null || this.#acts.take(key)
  }

  #move(step: number): boolean {
    const rows = this.#rows()
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)]
    next?.querySelector("a")?.focus()
    return next !== undefined
  }

  #pick(): boolean {
    const box = document.activeElement?.closest(".conversation")?.querySelector<HTMLInputElement>(".pick")
    box?.click()
    return box != null
  }

  /* How many are picked; Shift picks all between this one and the one before. */
  #picked = (event: Event) => {
    const place = this.querySelector<HTMLElement>("[data-slot=picked]")
    if (place && event.type === "change") place.textContent = place.dataset.words!.replace("{n}", String(this.querySelectorAll(".pick:checked").length))
  }

  #between = (event: MouseEvent) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || !box.matches(".pick")) return
    const boxes = [...this.querySelectorAll<HTMLInputElement>(".pick")]
    const [from, to] = [boxes.indexOf(this.#last ?? box), boxes.indexOf(box)]
    if (event.shiftKey && from >= 0) for (const each of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked
    this.#last = box
  }

  #soon(moves = false) {
    if (!this.dataset.stream) return
    if (moves && this.dataset.urgent !== undefined) {
      this.#moves = true
      this.#fresh = undefined
    }
    if (document.hidden) return
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#look(), BREATH_MS)
  }

  async #look() {
    let page: Document
    try {
      page = await fetchPage()
    } catch {
      return
    }
    recount(page)
    if (this.dataset.later !== undefined) return
    const here = this.#rows()
    const found = this.#renew(page)
    const numbers = new Set(here.map((row) => row.dataset.number!))
    const unseen = [...found.keys()].filter((number) => !numbers.has(number)).length
    this.#fresh = page
    if (!here.length && found.size) this.#show()
    else if (!this.#moves || !this.#reorder()) this.#announce(unseen)
  }

  /* Put the rows in the order the server has; false where there is nothing to move, or nothing may move yet. */
  #reorder(): boolean {
    if (!this.#fresh) return false
    const wanted = [...this.#fresh.querySelectorAll<HTMLElement>(".conversation")].map((row) => row.dataset.number)
    if (this.#rows().map((row) => row.dataset.number).join() === wanted.join()) return (this.#moves = false)
    if (!this.querySelector(".conversations:hover")) return this.#show(true)
    this.#say(this.dataset.urgent!)
    return true
  }

  /* Each row as `page` has it; what is not there any more is marked. Returns the rows of the page by number. */
  #renew(page: Document) {
    const found = new Map([...page.querySelectorAll<HTMLElement>(".conversation")].map((row) => [row.dataset.number!, row]))
    for (const row of this.#rows()) {
      const fresh = found.get(row.dataset.number!)
      if (fresh) renew(row, fresh)
      else row.toggleAttribute("data-gone", true)
    }
    seenNow(this, page)
    return found
  }

  /* A run has begun over these rows: they are drawn anew, and from one that left the list the focus goes to the next that did not. */
  async #acted(numbers: string[]) {
    this.#picked(new Event("change"))
    const at = this.#rows().findIndex((row) => numbers.includes(row.dataset.number!))
    try {
      const page = await fetchPage()
      recount(page)
      this.#renew(page)
    } catch {
      return
    }
    const rows = this.#rows()
    if (!rows[at] || !rows[at].hasAttribute("data-gone")) return
    const next = [...rows.slice(at), ...rows.slice(0, at).reverse()].find((row) => !row.hasAttribute("data-gone"))
    ;(next ?? rows[at]).querySelector("a")?.focus()
  }

  #announce(count: number) {
    this.#say(count === 0 ? "" : count === 1 ? this.dataset.one! : this.dataset.many!.replace("{n}", String(count)))
  }

  #say(words: string) {
    const button = this.querySelector<HTMLElement>(".list-fresh")
    if (!button) return
    button.hidden = words === ""
    button.querySelector("span")!.textContent = words
    const status = this.querySelector(".unseen[role=status]")
    if (status) status.textContent = words
  }

  /* The rows as the server has them. Those picked stay picked; by itself it takes the focus nowhere. */
  #show(byItself = false): boolean {
    const fresh = this.#fresh?.querySelector("desk-list")
    if (!fresh) return false
    const numbers = new Set(this.#rows().map((row) => row.dataset.number))
    const picked = new Set([...this.querySelectorAll<HTMLInputElement>(".pick:checked")].map((box) => box.value))
    const focused = (document.activeElement?.closest(".conversation") as HTMLElement | null)?.dataset.number
    show(this, fresh)
    this.#fresh = undefined
    this.#moves = false
    for (const box of this.querySelectorAll<HTMLInputElement>(".pick")) box.checked = picked.has(box.value)
    for (const row of this.#rows()) if (!numbers.has(row.dataset.number)) row.dataset.fresh = ""
    const again = this.#rows().find((row) => row.dataset.number === focused) ?? (byItself ? undefined : this.#rows()[0])
    again?.querySelector("a")?.focus({ preventScroll: byItself })
    const { signal } = this.#leaving
    this.querySelector(".filters")?.addEventListener("change", narrow, { signal })
    this.querySelector(".list-fresh")?.addEventListener("click", () => this.#show(), { signal })
    return true
  }
}
customElements.define("desk-list", DeskList)
