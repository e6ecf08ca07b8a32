/* A conversation that is alive: said at once, sent when there is a line, heard without reloading. Without it the form
 * inside posts and the page comes back.
 *   <talk-chat data-c data-boxes data-last data-got data-messages data-live data-typing data-read>   the last four empty before the
 *      first message; data-got is the number up to which people have read; data-boxes names where unsent words are kept
 *      holds ol.talk-lines, [data-part=standing], form#talk with textarea[name=text], [name=client_id], [name=c],
 *      template data-part="mine" | "read" | "searching" | "typing", p[role=status]
 *      data-from="start" where the first line stands at the top; data-waiting, data-failed: what is said of a message that
 *      could not leave yet; data-offline, data-broken: of a press that nobody answered, and one that failed there
 * Buttons with form="talk" and a formaction are pressed by script too. Enter sends, never while Hangul is composed, and
 * on a touch screen it is a new line. What is being written survives a reload of the tab, and
 * what was sent and could not leave a closed one (chat-outbox.ts).
 */
import { Composing } from "../ui/composing.ts"
import { hush, toast } from "../ui/toast.ts"
import { asked } from "../ui/tried.ts"
import { ownZone } from "../ui/zone.ts"
import { Outbox, type Item } from "./chat-outbox.ts"
import { Length } from "./chat-length.ts"
import { KeptWords } from "./kept-words.ts"
import { Countdowns } from "./chat-countdown.ts"
import { stand } from "./chat-standing.ts"
import { Reading } from "./chat-read.ts"
import { TalkStream } from "./chat-stream.ts"
import { act, Refused, type Snapshot } from "./chat-wire.ts"

const TYPING_EVERY_MS = 3_000
const TYPING_SHOWN_MS = 6_000
const SEARCHING_AT_MOST_MS = 11_000 // after ten seconds of silence people have it, and looking says so
const NEAR_END_PX = 240

export class TalkChat extends HTMLElement {
  #leaving = new AbortController()
  #composing!: Composing
  #stream: TalkStream | undefined
  #outbox!: Outbox
  #kept!: KeptWords
  #length!: Length
  #reading!: Reading
  #countdowns = new Countdowns()
  #toldTyping = 0
  #typing = 0
  #searching = 0

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#composing = new Composing(this.#field, signal)
    this.#length = new Length(this.#form, this.#field, signal)
    // A half-written address keeps no message back; what is wrong with it is said when its own button is pressed.
    this.#form.noValidate = true
    this.#kept = new KeptWords(this.dataset.boxes ?? "", this.dataset.name ?? "")
    this.#outbox = new Outbox(this.#kept, {
      address: () => this.#form.action,
      fields: () => this.#carried(),
      sent: (snapshot, item) => this.#sent(snapshot, item),
      waiting: (item) => {
        this.#countdowns.end(item.client)
        this.#mark(item, this.dataset.waiting!)
      },
      later: (item, at) =>
        this.#countdowns.begin(item.client, at, (left) => this.#mark(item, this.dataset.later!.replace("{seconds}", String(left)), true)),
      refused: (item, why, isForGood) => {
        this.#countdowns.end(item.client)
        if (isForGood && !item.files.length) this.#putBack(item, why)
        else this.#mark(item, why || this.dataset.failed!, true, isForGood)
      },
      left: (item) => {
        this.#countdowns.end(item.client)
        this.#lines.querySelector(`[data-client="${item.client}"]:not([data-seq])`)?.remove()
        this.#stream?.look()
      },
    })
    this.#reading = new Reading(
      { lines: () => this.#lines, address: () => this.dataset.read, isAtEnd: () => this.#isNearEnd(), mark: () => this.#clone("read") },
      signal,
    )
    this.#form.addEventListener("submit", this.#submitted, { signal })
    this.#field.addEventListener("keydown", this.#pressed, { signal })
    this.#field.addEventListener("input", this.#wrote, { signal })
    this.addEventListener("click", this.#clicked, { signal })
    this.addEventListener("keydown", this.#entered, { signal })
    // A foot that grows covers the newest words.
    this.addEventListener("toggle", ({ target }) => (target as Element).matches(".talk-mail") && this.#toEnd("instant"), { signal, capture: true })
    // So does a picture that comes after its line.
    this.addEventListener("load", this.#pictured, { signal, capture: true })
    this.#restore()
    this.#reading.readTo(Number(this.dataset.got ?? 0))
    this.#reading.looked()
    this.#resume()
    this.#listen()
    // After sending a form the good news stands at the top.
    if (!this.querySelector("contact-sent")) this.#toEnd("instant")
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#stream?.stop()
    this.#outbox.stop()
    this.#countdowns.stop()
  }

  get #form() {
    return this.querySelector<HTMLFormElement>("form#talk")!
  }
  get #field() {
    return this.#form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!
  }
  get #files() {
    return this.#form.querySelector<HTMLInputElement>("input[type=file]")
  }
  get #lines() {
    return this.querySelector<HTMLOListElement>(".talk-lines")!
  }
  get #key() {
    return `talk:${this.dataset.name ?? ""}`
  }
  get #last() {
    return Number(this.dataset.last ?? 0)
  }

  #submitted = (event: SubmitEvent) => {
    const button = event.submitter as HTMLButtonElement | null
    event.preventDefault()
    if (button?.hasAttribute("formaction")) return void this.#act(button)
    const text = this.#field.value.trim()
    const files = [...(this.#files?.files ?? [])]
    if (this.#composing.now || this.#length.look() || (!text && !files.length)) return this.#field.focus()
    this.#length.say("")
    const item: Item = { client: crypto.randomUUID(), text, files }
    this.#field.value = ""
    this.#form.dispatchEvent(new CustomEvent("talk-cleared"))
    sessionStorage.removeItem(`${this.#key}:draft`)
    this.#say(item)
    this.#outbox.add(item)
    this.#field.focus()
  }

  #pressed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || this.#composing.holds(event)) return
    if (matchMedia("(pointer: coarse)").matches) return
    event.preventDefault()
    this.#form.requestSubmit()
  }

  /* Enter in the field for an address presses the button beside it, not the one that sends a message. One of another form
   * is that form's. */
  #entered = (event: KeyboardEvent) => {
    const field = event.target as HTMLInputElement
    if (event.key !== "Enter" || event.isComposing || !field.matches("input[name=email]") || field.form !== this.#form) return
    event.preventDefault()
    this.#form.requestSubmit(field.parentElement!.querySelector<HTMLButtonElement>("button[formaction]"))
  }

  #wrote = () => {
    sessionStorage.setItem(`${this.#key}:draft`, this.#field.value)
    const now = performance.now()
    if (!this.dataset.typing || !this.#field.value || now - this.#toldTyping < TYPING_EVERY_MS) return
    this.#toldTyping = now
    void act(this.dataset.typing, new FormData()).catch(() => {})
  }

  /* Only "send again" and "choose another file" are left to clicks; presses with a formaction come through submit. */
  #clicked = ({ target }: Event) => {
    const again = (target as Element).closest<HTMLElement>("[data-again]")
    if (again) this.#outbox.again(again.closest<HTMLElement>("[data-client]")!.dataset.client!)
    const other = (target as Element).closest<HTMLElement>("[data-other]")
    if (other) this.#chooseAnother(other.closest<HTMLElement>("[data-client]")!)
  }

  /* In place of files that are never taken: the words stand in the field again, and the files are chosen anew. */
  #chooseAnother(line: HTMLElement) {
    const item = this.#outbox.takeBack(line.dataset.client!)
    line.remove()
    if (item?.text) {
      this.#field.value = [item.text, this.#field.value].filter(Boolean).join("\n")
      this.#wrote()
    }
    this.#field.focus()
    this.#files?.click()
  }

  /* Words that are never taken as they are stand in the field again, with the reason. */
  #putBack(item: Item, why: string) {
    this.#outbox.takeBack(item.client)
    this.#lines.querySelector(`[data-client="${item.client}"]:not([data-seq])`)?.remove()
    this.#field.value = [item.text, this.#field.value].filter(Boolean).join("\n")
    this.#wrote()
    if (!this.#length.look()) this.#length.say(why || this.dataset.failed!)
  }

  async #act(button: HTMLButtonElement) {
    if (button.getAttribute("aria-busy") === "true") return
    button.setAttribute("aria-busy", "true")
    hush()
    await this.#outbox.settled()
    const fields = this.#carried()
    fields.set("client_id", crypto.randomUUID())
    if (button.name) fields.set(button.name, button.value)
    const isForPerson = button.formAction.endsWith("/person")
    const written = isForPerson ? this.#field.value.trim() : ""
    if (written && this.#length.look()) {
      button.removeAttribute("aria-busy")
      return this.#field.focus()
    }
    // Empty too: a field that was cleared means that nothing is to be said.
    if (isForPerson) fields.set("text", written)
    const email = this.querySelector<HTMLInputElement>("input[name=email]")
    if (email) fields.set("email", email.value)
    try {
      const snapshot = await act(button.formAction, fields)
      if (written) this.#field.value = ""
      this.#shown(snapshot)
      this.#field.focus({ preventScroll: true })
    } catch (problem) {
      toast(this.#why(problem))
      button.removeAttribute("aria-busy")
    }
  }

  /* The server said no, or it failed, or nobody answered: three different things to do next. */
  #why(problem: unknown): string {
    if (problem instanceof Refused) return problem.message || this.dataset.broken!
    // A request that no answer came to fails as a TypeError; a status is an answer.
    return problem instanceof TypeError ? this.dataset.offline! : this.dataset.broken!
  }

  #carried(): FormData {
    const fields = new FormData()
    for (const hidden of this.#form.querySelectorAll<HTMLInputElement>("input[type=hidden]"))
      if (!["csrfmiddlewaretoken", "client_id"].includes(hidden.name)) fields.set(hidden.name, hidden.value)
    fields.set("c", this.dataset.c ?? "")
    fields.set("zone", ownZone())
    fields.set("after", String(this.#last))
    return fields
  }

  /* Shown before anybody was asked. */
  #say(item: Item) {
    const line = this.#clone("mine")
    line.dataset.client = item.client
    line.querySelector("[data-part=text]")!.textContent = item.text || item.files.map((file) => file.name).join(", ")
    this.#lines.append(line)
    this.#toEnd("smooth")
  }

  /* What could not leave when this page, or another one of this browser, was closed. */
  #resume() {
    const { waiting, held } = this.#outbox.resume((client) => this.#lines.querySelector(`[data-client="${CSS.escape(client)}"]`) !== null)
    for (const item of [...held, ...waiting]) this.#say(item)
    for (const item of held) this.#mark(item, this.dataset.failed!, true)
  }

  /* final: it waits for a press; other: for other files, since these are never taken. */
  #mark(item: Item, words: string, final = false, other = false) {
    const line = this.#lines.querySelector<HTMLElement>(`[data-client="${item.client}"]`)
    const state = line?.querySelector<HTMLElement>("[data-part=state]")
    if (!line || !state) return
    line.dataset.state = final ? "failed" : "waiting"
    state.textContent = words
    const again = line.querySelector<HTMLElement>("[data-again]")
    if (again) again.hidden = !final || other
    const anew = line.querySelector<HTMLElement>("[data-other]")
    if (anew) anew.hidden = !other
  }

  #sent(snapshot: Snapshot, item: Item) {
    this.#countdowns.end(item.client)
    this.#shown(snapshot)
    asked(snapshot.asked)
    const isAnswered = snapshot.lines.some((line) => line.side === "bot" && line.client !== item.client)
    if (snapshot.standing.kind === "bot" && !isAnswered) this.#search()
  }

  #shown(snapshot: Snapshot) {
    const isNearEnd = this.#isNearEnd()
    if (this.dataset.c !== snapshot.c) this.#began(snapshot)
    let count = 0
    for (const line of snapshot.lines) {
      if (this.#lines.querySelector(`[data-seq="${line.seq}"]`)) continue
      const holder = document.createElement("template")
      holder.innerHTML = line.html
      const fresh = holder.content.querySelector("li")!
      const said = line.client ? this.#lines.querySelector(`[data-client="${CSS.escape(line.client)}"]`) : null
      if (said) said.replaceWith(fresh)
      else this.#insert(fresh)
      if (line.side !== "me") this.#quiet(this.#lines)
      count += 1
    }
    this.dataset.last = String(Math.max(this.#last, snapshot.last))
    const standing = this.querySelector<HTMLElement>("[data-part=standing]")
    if (standing && standing.dataset.shown !== snapshot.standing.html) {
      stand(standing, snapshot.standing.html)
      standing.dataset.shown = snapshot.standing.html
    }
    this.#settle(snapshot.pressable, snapshot.standing.kind === "bot")
    this.#reading.readTo(snapshot.got.read)
    if (count && isNearEnd) this.#toEnd("smooth")
    if (count) this.#reading.looked()
  }

  /* After what is settled, before what still waits to be sent. */
  #insert(fresh: HTMLLIElement) {
    const waiting = this.#lines.querySelector("[data-client]:not([data-seq])")
    if (waiting) waiting.before(fresh)
    else this.#lines.append(fresh)
  }

  /* Choices belong to one line, which the server names; others can be read, not pressed. "None of these" is said to the
   * assistant alone. */
  #settle(pressable: number, isAssistants: boolean) {
    for (const line of this.#lines.querySelectorAll<HTMLElement>("li[data-seq]"))
      for (const button of line.querySelectorAll<HTMLButtonElement>(".talk-offers button")) {
        button.disabled = Number(line.dataset.seq) !== pressable
        if (button.dataset.kind === "none") button.hidden = button.disabled || !isAssistants
        button.removeAttribute("aria-busy")
      }
  }

  #began(snapshot: Snapshot) {
    this.dataset.c = snapshot.c
    this.#kept.rename(snapshot.boxes)
    Object.assign(this.dataset, { messages: snapshot.messages, live: snapshot.live, typing: snapshot.typing, read: snapshot.read })
    this.#form.querySelector<HTMLInputElement>("input[name=c]")?.setAttribute("value", snapshot.c)
    this.#listen()
  }

  #listen() {
    this.#stream?.stop()
    if (!this.dataset.live) return
    this.#stream = new TalkStream(this.dataset.live, this.dataset.messages!, {
      after: () => this.#last,
      shown: (snapshot) => this.#shown(snapshot),
      typing: () => this.#showTyping(),
      read: (upto) => this.#reading.readTo(upto),
      waits: () => this.querySelector('.talk-standing[data-kind="waiting"]') !== null,
    })
    this.#stream.start()
  }

  #search() {
    this.#quiet(this.#lines)
    this.#lines.append(this.#clone("searching"))
    this.#toEnd("smooth")
    this.#searching = window.setTimeout(() => {
      this.#quiet(this.#lines)
      this.#stream?.look()
    }, SEARCHING_AT_MOST_MS)
  }

  #showTyping() {
    if (!this.#lines.querySelector("[data-part=typing]")) {
      const isNearEnd = this.#isNearEnd()
      this.#lines.append(this.#clone("typing"))
      if (isNearEnd) this.#toEnd("smooth")
    }
    clearTimeout(this.#typing)
    this.#typing = window.setTimeout(() => this.#quiet(this.#lines), TYPING_SHOWN_MS)
  }

  #quiet(lines: HTMLElement) {
    clearTimeout(this.#searching)
    clearTimeout(this.#typing)
    for (const passing of lines.querySelectorAll("[data-part=searching], [data-part=typing]")) passing.remove()
  }

  #clone(part: string): HTMLElement {
    const template = this.querySelector<HTMLTemplateElement>(`template[data-part=${part}]`)!
    return template.content.firstElementChild!.cloneNode(true) as HTMLElement
  }

  #restore() {
    const draft = sessionStorage.getItem(`${this.#key}:draft`)
    if (draft && !this.#field.value) this.#field.value = draft
    if (this.#field.value) this.#length.look()
  }

  #pictured = ({ target }: Event) => {
    if (target instanceof HTMLImageElement && this.#isNearEnd(target.offsetHeight)) this.#toEnd("instant")
  }

  /* Whether the newest words are being read; `grown` is what came below them since. */
  #isNearEnd(grown = 0): boolean {
    const foot = this.querySelector<HTMLElement>(".talk-foot")?.offsetHeight ?? 0
    return document.documentElement.scrollHeight - innerHeight - scrollY < NEAR_END_PX + foot + grown
  }

  #toEnd(behavior: ScrollBehavior) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches
    // After the layout of what was just added; the foot is sticky, so the page itself is what scrolls.
    requestAnimationFrame(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: isCalm ? "instant" : behavior }))
  }
}
customElements.define("talk-chat", TalkChat)
