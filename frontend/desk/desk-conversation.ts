/* One conversation that stays true while it is looked at. Without it every change is a form and a new page.
 *   <desk-conversation data-number data-here data-stream data-presence data-counts data-back data-trouble data-offline>
 *     [data-part]          parts drawn again when something changes; [data-part=entries] grows, one <li id> at a time
 *     form[data-change]    sent in place; where its only button is .fact-go, for pages without scripts, choosing in its <select> sends it
 *     [data-folds]         opens and closes the head on a phone: .case-head[data-open]
 *     [data-key]           pressed, chosen in or focused by its letter; [ and ] with Alt also while writing
 * Hears composer-sent { page }. Emits customer-wrote when a message of theirs arrives, words-gone when words were taken out, drawn when it was drawn again.
 */
import { toast } from "../ui/toast.ts"
import type { DeskComposer } from "./desk-composer.ts"
import { offer, onChoosing } from "./choosing.ts"
import { Live } from "./live.ts"
import { onKey, placed } from "./keys.ts"
import { askCounts, csrf, fetchPage, ledOn, recount, remember, renew, send } from "./page.ts"
import { Presence } from "./presence.ts"
import { Seen } from "./seen.ts"

const BREATH_MS = 250
const NEAR_PX = 160
const COUNTS_MS = 15_000
const AT_ONCE = "form[data-change]:has(> .fact-go)"

export class DeskConversation extends HTMLElement {
  #leaving = new AbortController()
  #live?: Live
  #presence?: Presence
  #seen?: Seen
  #timer = 0
  #counting = 0
  #redacted = ""

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    // What a form got back stands at the form's address, where nothing can be fetched again: from here on it is this conversation's.
    if (location.pathname !== new URL(this.dataset.here!, location.href).pathname) history.replaceState(history.state, "", this.dataset.here)
    for (const entry of this.#entries()) remember(entry)
    for (const part of this.#parts(this)) remember(part)
    this.#redacted = redactedIn(this)
    if (!location.hash) this.#toEnd()
    // The newest words stay in sight while the field, or what stands above it, grows.
    new ResizeObserver(() => this.#isNearEnd() && this.#toEnd()).observe(this.#thread)
    onKey((key) => this.#take(key), signal)
    document.addEventListener("keydown", this.#switch, { signal })
    this.addEventListener("submit", this.#submit, { signal })
    this.addEventListener("change", this.#choose, { signal })
    this.addEventListener("click", ({ target }) => (target as Element).closest("[data-folds]") && this.#unfold(), { signal })
    onChoosing(this, `${AT_ONCE} select`, signal)
    this.addEventListener("composer-sent", (event) => this.#draw((event as CustomEvent<{ page: Document }>).detail.page), { signal })
    this.#counting = window.setInterval(() => document.hidden || void askCounts(this.dataset.counts!), COUNTS_MS)
    this.#presence = new Presence(this, this.dataset.presence!, csrf)
    this.#seen = new Seen(this, signal)
    this.addEventListener("input", this.#wrote, { signal })
    this.#live = new Live(this.dataset.stream!, () => this.#presence!.look(), (name, data) => {
      if (name === "presence") void this.#presence!.ask()
      else if (name === "mentioned") this.#called(this.dataset.mentioned!, String(data.number))
      else if (name === "answered") this.#called(this.dataset.answered!, String(data.number))
      else if (name === "noticed" || name === "mailbox") void askCounts(this.dataset.counts!, name === "mailbox")
      else if (name === "typing") this.#presence!.customerWrites()
      else this.#soon()
    })
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#live?.end()
    this.#presence?.end()
    clearTimeout(this.#timer)
    clearInterval(this.#counting)
  }

  /* A colleague mentioned us, or somebody we asked aside answered, here or elsewhere. */
  #called(words: string, number: string) {
    toast(words.replace("{number}", number))
    for (const count of document.querySelectorAll("[data-count=mentions]")) count.textContent = String((parseInt(count.textContent || "0", 10) || 0) + 1)
  }

  #entries() {
    return [...this.querySelectorAll<HTMLElement>(".entries > li")]
  }

  #parts(root: ParentNode) {
    return [...root.querySelectorAll<HTMLElement>("[data-part]:not([data-part=entries], [data-part=looking])")]
  }

  #take(key: string): boolean {
    if (key === "u") {
      // Back to the same place of the same list, where that is where we came from.
      if (document.referrer.startsWith(`${location.origin}/desk/`) && history.length > 1) history.back()
      else location.assign(this.dataset.back!)
      return true
    }
    // Of several replies that wait, the one sent last.
    const target = [...this.querySelectorAll<HTMLElement>(`[data-key="${key}"]`)].at(key === "z" ? -1 : 0)
    if (target?.matches(".case-head summary")) this.#unfold(true)
    if (target instanceof HTMLButtonElement || target?.matches("summary, a")) target.click()
    else if (target instanceof HTMLSelectElement) offer(target)
    else target?.focus()
    // What is typed next is meant for it, before the panel has told that it is open.
    if (target?.matches("details[open] > summary")) target.parentElement!.querySelector<HTMLElement>("[data-first]")?.focus()
    return target !== undefined
  }

  #unfold(isOpen?: boolean) {
    const head = this.querySelector<HTMLElement>(".case-head")!
    const opened = head.toggleAttribute("data-open", isOpen)
    head.querySelector("[data-folds]")!.setAttribute("aria-expanded", String(opened))
  }

  #switch = (event: KeyboardEvent) => {
    const key = placed(event)
    if (event.defaultPrevented || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
    if ((key === "[" || key === "]") && this.#take(key)) event.preventDefault()
  }

  #wrote = ({ target }: Event) => {
    const field = target as HTMLElement
    field.toggleAttribute("data-typed", field.closest(".fields-form") !== null)
    if (!(target instanceof HTMLTextAreaElement)) return
    const kind = target.closest<HTMLElement>(".composer-form")?.dataset.kind
    this.#presence!.writing(kind === "reply" && target.value !== "")
  }

  #choose = ({ target }: Event) => {
    const form = (target as Element).closest<HTMLFormElement>(AT_ONCE)
    if (form && target instanceof HTMLSelectElement) form.requestSubmit()
  }

  #submit = async (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    if (!form.matches("[data-change]")) return
    event.preventDefault()
    if (form.getAttribute("aria-busy") === "true") return
    form.setAttribute("aria-busy", "true")
    try {
      const { answer, page } = await send(form, event.submitter)
      const trouble = page.querySelector(".case-main > .notice[data-meaning=wrong]")?.textContent?.trim()
      if (!answer.ok) toast(trouble || this.dataset.trouble!)
      else form.querySelectorAll("[data-typed]").forEach((field) => field.removeAttribute("data-typed"))
      if (answer.ok && ledOn(page, this.dataset.number!)) return location.assign(answer.url)
      if (page.querySelector("desk-conversation")) this.#draw(page)
      else if (!answer.ok) this.#soon()
      if (page.querySelector("desk-composer[data-returned]")) this.querySelector<DeskComposer>("desk-composer")?.takeBack(page)
      for (const field of form.querySelectorAll<HTMLInputElement>("input[name=add]")) field.value = ""
      form.closest("details.quiet")?.removeAttribute("open")
    } catch {
      toast(this.dataset.offline!)
    } finally {
      form.removeAttribute("aria-busy")
    }
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(async () => {
      try {
        this.#draw(await fetchPage())
      } catch {
        // Offline or signed out; the stream asks again.
      }
    }, BREATH_MS)
  }

  #draw(page: Document) {
    recount(page)
    document.title = page.title
    for (const part of this.#parts(this)) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`)
      if (fresh) renew(part, fresh)
    }
    const redacted = redactedIn(page)
    if (redacted !== this.#redacted) this.dispatchEvent(new CustomEvent("words-gone"))
    this.#redacted = redacted
    this.dispatchEvent(new CustomEvent("drawn"))
    const asked = page.querySelector<HTMLElement>("[data-part=fields]")?.dataset.focus
    if (asked) document.getElementById(asked)?.focus()
    const list = this.querySelector<HTMLElement>(".entries")!
    const fresh = page.querySelector<HTMLElement>(".entries")
    if (!fresh) return
    const wasNear = this.#isNearEnd()
    const arrived: HTMLElement[] = []
    for (const entry of fresh.children) {
      const here = document.getElementById(entry.id)
      if (here) renew(here, entry)
      else {
        const placed = document.importNode(entry, true) as HTMLElement
        remember(entry)
        placed.dataset.fresh = ""
        list.append(placed)
        remember(placed)
        arrived.push(placed)
      }
    }
    for (const gone of list.querySelectorAll(".outgoing")) if (!page.getElementById(gone.id)) gone.remove()
    for (const waits of list.querySelectorAll(".outgoing")) list.append(waits)
    list.dataset.last = fresh.dataset.last
    list.dataset.lastChange = fresh.dataset.lastChange
    if (wasNear) this.#toEnd()
    this.#seen!.drawn(arrived, page.querySelector(".composer-form[data-kind=reply] .conflict") !== null)
    if (arrived.some((each) => each.dataset.from === "them")) {
      this.#presence?.customerWrites(false)
      if (!document.hidden) this.#presence?.look().catch(() => undefined)
      const status = this.querySelector<HTMLElement>("[data-arrivals]")!
      status.textContent = ""
      status.textContent = status.dataset.one!
      this.dispatchEvent(new CustomEvent("customer-wrote", { bubbles: true }))
    }
  }

  get #thread() {
    return this.querySelector<HTMLElement>(".thread")!
  }

  #isNearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#thread
    return scrollHeight - scrollTop - clientHeight < NEAR_PX
  }

  #toEnd() {
    this.#thread.scrollTop = this.#thread.scrollHeight
  }
}

/* The mark of the last time that words were taken out, as `page` has it. */
function redactedIn(page: ParentNode): string {
  return page.querySelector<HTMLElement>("desk-composer")?.dataset.redacted ?? ""
}
customElements.define("desk-conversation", DeskConversation)
