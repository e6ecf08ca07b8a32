/* A view in columns whose cards are dragged, or moved by keys. Without it each card has a menu of buttons.
 *   <desk-board data-stream data-counts data-move data-back data-failed [data-may-move]>
 *     data-stream  token of the list's stream
 *     data-counts  where a fresh token comes from
 *     data-move    where a card's new status is sent
 *     data-back    this board's address
 *     data-failed  what is said when a card could not be sent
 * Arrow keys go from card to card, j and k down and up a column; Shift with left or right moves the card, x opens the palette over
 * all statuses, and row-acts.ts has the keys that do something else to it. What came of it stands above the columns, with the way back.
 */
import { onChoosing } from "./choosing.ts"
import { Live } from "./live.ts"
import { isWriting, onKey } from "./keys.ts"
import { askCounts, fetchPage, freshToken, narrow, post, recount, seenNow } from "./page.ts"
import { RowActs } from "./row-acts.ts"
import { h, parsed, show } from "../ui/dom.ts"
import { toast } from "../ui/toast.ts"

const BREATH_MS = 400

export class DeskBoard extends HTMLElement {
  #leaving = new AbortController()
  #live?: Live
  #timer = 0
  #carried?: HTMLElement
  #underway = 0
  #turn: Promise<void> = Promise.resolve()
  #acts = new RowActs(this, (numbers, page) => this.#acted(numbers, page), { x: "status" })

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.addEventListener("keydown", this.#take, { signal })
    document.addEventListener("keydown", this.#enter, { signal })
    onKey((key) => (key === "j" || key === "k" ? this.#walk(key === "j" ? 1 : -1) : this.#acts.take(key)), signal)
    onChoosing(this, ".filters select", signal)
    this.addEventListener("toggle", this.#alone, { signal, capture: true })
    if (this.dataset.mayMove !== undefined) {
      this.addEventListener("dragstart", this.#lift, { signal })
      this.addEventListener("dragover", this.#hover, { signal })
      this.addEventListener("drop", this.#drop, { signal })
      this.addEventListener("dragend", () => this.#down(), { signal })
    }
    this.querySelector(".filters")?.addEventListener("change", narrow, { signal })
    document.addEventListener("visibilitychange", () => this.#soon(), { signal })
    if (this.dataset.stream) this.#live = new Live(this.dataset.stream, () => freshToken(this.dataset.counts!), (name) => (name === "mailbox" ? void askCounts(this.dataset.counts!, true) : this.#soon()))
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#live?.end()
    this.#acts.end()
    clearTimeout(this.#timer)
  }

  /* One open menu at a time. */
  #alone = (event: Event) => {
    const opened = event.target as HTMLDetailsElement
    if (!opened.open) return
    for (const each of this.querySelectorAll<HTMLDetailsElement>(".card-move[open]")) if (each !== opened) each.open = false
  }

  /* An arrow pressed before anything has the focus goes to the first card; afterwards they lead from card to card. */
  #enter = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isWriting(event.target) || !(event.target as Element).matches("body, main")) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !event.code.startsWith("Arrow")) return
    if (this.#walk(1)) event.preventDefault()
  }

  #take = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const card = (event.target as Element).closest<HTMLElement>(".board-card")
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code]
    if (event.code === "Escape") {
      const menu = this.querySelector<HTMLDetailsElement>(".card-move[open]")
      if (menu) {
        menu.open = false
        menu.querySelector("summary")!.focus()
      }
      return
    }
    if (!card || isWriting(event.target)) return
    if (event.code === "ArrowDown" || event.code === "ArrowUp") this.#walk(event.code === "ArrowDown" ? 1 : -1)
    else if (step && event.shiftKey) this.#shift(card, step)
    else if (step) this.#aside(card, step)
    else return
    event.preventDefault()
  }

  /* Down or up the column; to the first card of all where none has the focus. */
  #walk(step: number): boolean {
    const card = document.activeElement?.closest<HTMLElement>(".board-card")
    const cards = [...(card?.parentElement ?? this).querySelectorAll(".board-card")]
    const next = card ? cards[cards.indexOf(card) + step] : cards[0]
    this.#focus(next)
    return card != null || next !== undefined
  }

  /* A run over these cards has begun. From one that left the board the focus goes to the nearest in its column, or to the first. */
  #acted(numbers: string[], page: Document) {
    const number = numbers[0]!
    const card = this.#card(number)
    const [column, height] = [card?.closest<HTMLElement>(".board-column")?.dataset.status, card ? [...card.parentElement!.children].indexOf(card) : 0]
    if (!page.querySelector("desk-board")) return toast(page.querySelector("[role=alert]")?.textContent?.trim() || this.dataset.failed!)
    this.#show(page, number)
    if (this.#card(number)) return this.#focus(this.#card(number))
    const cards = this.querySelectorAll(`.board-column[data-status="${column}"] .board-card`)
    this.#focus(cards[Math.min(height, cards.length - 1)] ?? this.querySelector(".board-card"))
  }

  #card(number: string) {
    return this.querySelector<HTMLElement>(`.board-card[data-number="${number}"]`)
  }

  #columns() {
    return [...this.querySelectorAll<HTMLElement>(".board-column")]
  }

  #focus(card?: Element | null) {
    card?.querySelector("a")?.focus()
  }

  /* To the card at the same height of the nearest column that has one. */
  #aside(card: HTMLElement, step: number) {
    const columns = this.#columns()
    const height = [...card.parentElement!.children].indexOf(card)
    for (let at = columns.indexOf(card.closest<HTMLElement>(".board-column")!) + step; columns[at]; at += step) {
      const cards = columns[at]!.querySelectorAll(".board-card")
      if (cards.length) return this.#focus(cards[Math.min(height, cards.length - 1)])
    }
  }

  #shift(card: HTMLElement, step: number) {
    const columns = this.#columns()
    const to = columns[columns.indexOf(card.closest<HTMLElement>(".board-column")!) + step]
    if (to?.dataset.takes !== undefined && this.dataset.mayMove !== undefined) this.#move(card, to!)
  }

  #lift = (event: DragEvent) => {
    this.#carried = (event.target as Element).closest<HTMLElement>(".board-card") ?? undefined
    if (!this.#carried) return
    event.dataTransfer!.effectAllowed = "move"
    event.dataTransfer!.setData("text/plain", `#${this.#carried.dataset.number}`)
    this.#carried.dataset.moving = ""
  }

  #under(event: DragEvent): HTMLElement | null {
    const column = (event.target as Element).closest<HTMLElement>(".board-column[data-takes]")
    return this.#carried && column && !column.contains(this.#carried) ? column : null
  }

  #hover = (event: DragEvent) => {
    const column = this.#under(event)
    for (const each of this.#columns()) each.toggleAttribute("data-over", each === column)
    if (column) event.preventDefault()
  }

  #drop = (event: DragEvent) => {
    const [column, card] = [this.#under(event), this.#carried]
    if (!column || !card) return
    event.preventDefault()
    this.#down()
    this.#move(card, column)
  }

  #down() {
    for (const each of this.#columns()) each.toggleAttribute("data-over", false)
    this.#carried?.removeAttribute("data-moving")
    this.#carried = undefined
  }

  /* The card goes at once, and back where the server cannot be asked. Moves are sent one after another. */
  #move(card: HTMLElement, column: HTMLElement) {
    const number = card.dataset.number!
    const status = column.dataset.status!
    const place = { parent: card.parentElement!, before: card.nextElementSibling }
    let list = column.querySelector("ol")
    if (!list) {
      list = h("ol")
      column.querySelector(".board-none")?.replaceWith(list)
    }
    list.prepend(card)
    card.dataset.moving = ""
    this.#focus(card)
    this.#underway += 1
    this.#turn = this.#turn.then(async () => {
      try {
        const page = await this.#send(number, status)
        if (this.#underway === 1) this.#show(page, number)
      } catch {
        card.removeAttribute("data-moving")
        if (place.parent.isConnected) place.parent.insertBefore(card, place.before?.isConnected ? place.before : null)
        this.#focus(card)
        toast(this.dataset.failed!)
      } finally {
        this.#underway -= 1
      }
    })
  }

  async #send(number: string, status: string): Promise<Document> {
    const answer = await post(this.dataset.move!, { number, status, back: this.dataset.back! })
    if (!answer.ok) throw new Error(String(answer.status))
    return parsed(await answer.text())
  }

  #show(page: Document, number?: string) {
    const fresh = page.querySelector("desk-board")
    if (!fresh) return location.reload()
    // Whoever has gone on to another card meanwhile stays there.
    const focused = (document.activeElement?.closest(".board-card") as HTMLElement | null)?.dataset.number ?? number
    for (const part of [".board-said", ".board"]) {
      const [old, now] = [this.querySelector(part), fresh.querySelector(part)]
      if (part === ".board-said" && number === undefined) continue
      if (old && now && old.innerHTML !== now.innerHTML) show(old, now)
    }
    seenNow(this, fresh)
    recount(page)
    const said = this.querySelector(".board-said p")?.textContent
    if (number && said) this.querySelector(":scope > [role=status]")!.textContent = said
    if (focused) this.#focus(this.querySelector(`.board-card[data-number="${focused}"]`))
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#look(), BREATH_MS)
  }

  /* What changed elsewhere, unless a card is in the hand or a menu is open: then a moment later. */
  async #look() {
    if (document.hidden) return
    if (this.#underway || this.#carried || this.querySelector(".card-move[open]")) return this.#soon()
    try {
      const page = await fetchPage(this.dataset.back!)
      // What was on its way before a card moved is older than what is shown.
      if (!this.#underway) this.#show(page)
    } catch {
      // Offline: the stream says so itself, and the next change is looked for again.
    }
  }
}
customElements.define("desk-board", DeskBoard)
