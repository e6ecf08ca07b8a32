/* The pen. Without it two forms and radio buttons do the same with a new page each time.
 *   <desk-composer data-number data-first data-draft data-kept… data-redacted [data-returned]>
 *     radios named "writes" (reply, note); forms .composer-form[data-kind], each with a textarea, a client_id and a
 *     button [data-default]; [data-slot=draft] and [data-slot=conflict] hold what is said beside them
 * Keeps a draft of each kind (draft.ts). Enter is a new line; Ctrl or Cmd with Enter sends, with Shift as solved.
 * Ctrl+Z in an empty field takes back what waits to leave. An Enter that ends a Hangul syllable never sends. "??" and a word find articles (article-menu.ts), "/" prepared texts (macro-menu.ts), "@" colleagues (mention-menu.ts). Emits composer-sent { page }.
 */
import { Composing } from "../ui/composing.ts"
import { toast } from "../ui/toast.ts"
import { ArticleMenu } from "./article-menu.ts"
import { MacroMenu, type Row } from "./macro-menu.ts"
import { MentionMenu } from "./mention-menu.ts"
import { Draft } from "./draft.ts"
import { onKey, placed } from "./keys.ts"
import { ledOn, send } from "./page.ts"
import { type } from "./pen/edit.ts"

const OWN_WORDS = "textarea[name=text]"

export class DeskComposer extends HTMLElement {
  #leaving = new AbortController()
  #drafts = new Map<HTMLFormElement, Draft>()
  #macros: MacroMenu | null = null

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    for (const form of this.#forms()) {
      const field = form.querySelector<HTMLTextAreaElement>(OWN_WORDS)!
      const composing = new Composing(field, signal)
      this.#drafts.set(form, this.#draft(form, signal))
      const slot = form.querySelector<HTMLElement>("[data-slot=articles]")
      const menu = slot && new ArticleMenu(field, slot, composing, signal)
      const prepared = form.querySelector<HTMLElement>("[data-slot=macros]")
      const macros = prepared && new MacroMenu(field, prepared, form.querySelector("[data-slot=macro]")!, form.querySelector("[data-slot=kept]")!, composing, signal)
      if (macros) this.#macros = macros
      const people = form.querySelector<HTMLElement>("[data-slot=colleagues]")
      const mentions = people && new MentionMenu(field, people, composing, signal)
      field.addEventListener("keydown", (event) => menu?.takes(event) || mentions?.takes(event) || macros?.takes(event) || this.#keydown(event, form, composing), { signal })
      // A proposal (a translation, a check) has a field of its own, which comes and goes.
      form.addEventListener("keydown", (event) => event.target !== field && (event.target as Element).matches("textarea") && this.#keydown(event, form, composing), { signal })
      form.addEventListener("submit", (event) => void this.#submit(event, form), { signal })
    }
    // The words of a reply taken back stand nowhere else: they are a draft at once.
    if (this.dataset.returned !== undefined) this.#field()?.dispatchEvent(new Event("input", { bubbles: true }))
    this.addEventListener("change", ({ target }) => (target as HTMLInputElement).name === "writes" && this.#field()?.focus(), { signal })
    onKey((key) => (key === "r" ? this.open("reply") : key === "n" ? this.open("note") : false), signal)
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  /* Show the form of that kind and go to its field; false where it may not be written. */
  open(kind: "reply" | "note"): boolean {
    const radio = this.querySelector<HTMLInputElement>(`input[name=writes][value=${kind}]`)
    if (!radio) return false
    radio.checked = true
    this.#field()?.focus()
    return true
  }

  /* Put text where the cursor is in the reply. */
  insert(text: string): boolean {
    if (!this.open("reply")) return false
    const field = this.#field()!
    const before = field.value.slice(0, field.selectionStart)
    type(field, (before && !before.endsWith("\n") ? "\n" : "") + text)
    return true
  }

  /* A prepared text where the cursor is in the reply, with all that goes along with it. */
  insertPrepared(row: Row): boolean {
    if (!this.insert(`${row.text}\n`)) return false
    this.#macros?.takesAlong(row)
    return true
  }

  /* The words of a reply that was taken back, as `page` shows them, before what was written since, and the translation beside them. */
  takeBack(page: Document) {
    const theirs = page.querySelector<HTMLFormElement>(".composer-form[data-kind=reply]")
    if (!theirs || !this.open("reply")) return
    const form = this.querySelector<HTMLFormElement>(".composer-form[data-kind=reply]")!
    const field = form.querySelector<HTMLTextAreaElement>(OWN_WORDS)!
    const words = theirs.querySelector<HTMLTextAreaElement>(OWN_WORDS)!.value
    // The server puts a draft it knows behind the words; what it does not know yet is kept too.
    const written = field.value.trim()
    field.value = written && !words.endsWith(written) ? `${words}\n\n${written}` : words
    this.#put("kept", form, theirs)
    this.#put("conflict", form, theirs)
    this.#put("macro", form, theirs)
    form.querySelector<HTMLInputElement>("[name=client_id]")!.value = theirs.querySelector<HTMLInputElement>("[name=client_id]")!.value
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #forms() {
    return [...this.querySelectorAll<HTMLFormElement>(".composer-form")]
  }

  /* Where the words are that would be sent: a proposal's field while there is one. */
  #field() {
    const kind = this.querySelector<HTMLInputElement>("input[name=writes]:checked")?.value
    return this.querySelector<HTMLTextAreaElement>(`.composer-form[data-kind=${kind}] textarea`)
  }

  #draft(form: HTMLFormElement, signal: AbortSignal) {
    const { number, draft, kept, keptThere, moved, useOther, keepThese, returned, redacted, forgotten } = this.dataset as Record<string, string>
    const words = { kept: kept!, keptThere: keptThere!, moved: moved!, useOther: useOther!, keepThese: keepThese!, forgotten: forgotten! }
    return new Draft(form, draft!, `draft:${number}:${form.dataset.kind}`, words, returned !== undefined, redacted ?? "", signal)
  }

  #keydown(event: KeyboardEvent, form: HTMLFormElement, composing: Composing) {
    if (composing.holds(event) || event.altKey || !(event.ctrlKey || event.metaKey)) return
    if (placed(event) === "z" && !event.shiftKey) return this.#undo(event)
    if (placed(event) !== "enter") return
    event.preventDefault()
    const solved = event.shiftKey ? form.querySelector<HTMLButtonElement>("[data-send=solved]") : null
    form.requestSubmit(solved ?? form.querySelector<HTMLButtonElement>("[data-default]"))
  }

  /* In an empty field there is nothing to undo but what was sent last. */
  #undo(event: KeyboardEvent) {
    const sent = [...document.querySelectorAll<HTMLElement>('[data-key="z"]')].at(-1)
    if (!sent || (event.target as HTMLTextAreaElement).value) return
    event.preventDefault()
    sent.click()
  }

  async #submit(event: SubmitEvent, form: HTMLFormElement) {
    event.preventDefault()
    if (form.getAttribute("aria-busy") === "true") return
    if (!this.#says(form) && !event.submitter?.hasAttribute("data-empty")) return this.#field()?.focus()
    this.#busy(form, true)
    const draft = this.#drafts.get(form)!
    await draft.settle()
    const status = this.closest<HTMLElement>("desk-conversation")?.dataset ?? {}
    try {
      const { answer, page } = await send(form, event.submitter)
      const fresh = page.querySelector<HTMLElement>(`.composer-form[data-kind=${form.dataset.kind}]`)
      this.#put("conflict", form, fresh)
      if (answer.ok && ledOn(page, this.dataset.number!)) {
        draft.sent(undefined)
        return location.assign(answer.url)
      }
      if (answer.ok && fresh) {
        form.dispatchEvent(new Event("talk-cleared"))
        this.#put("kept", form, fresh)
        this.#put("ways", form, fresh)
        this.#put("macro", form, fresh)
        form.querySelector(".later")?.removeAttribute("open")
        draft.sent(fresh.dataset.revision)
        form.querySelector<HTMLInputElement>("[name=client_id]")!.value = fresh.querySelector<HTMLInputElement>("[name=client_id]")!.value
      } else if (answer.ok) location.assign(answer.url)
      else if (answer.status !== 409) toast(page.querySelector(".case-main > .notice[data-meaning=wrong]")?.textContent!.trim() || status.trouble || "")
      if (page.querySelector("desk-conversation")) this.dispatchEvent(new CustomEvent("composer-sent", { detail: { page }, bubbles: true }))
    } catch {
      toast(status.offline ?? "")
    } finally {
      this.#busy(form, false)
      // What must be filled in first has the focus then.
      if (!this.closest("desk-conversation")?.querySelector("[data-part=fields][data-focus]")) this.#field()?.focus()
    }
  }

  /* Whether there is anything to send, or to change by a macro. */
  #says(form: HTMLFormElement): boolean {
    const files = form.querySelector<HTMLInputElement>("input[type=file]")!.files?.length
    const words = [...form.querySelectorAll("textarea")].some((field) => field.value.trim())
    return words || !!files || form.querySelector(":is([name=kept],[name=macro]):checked") !== null
  }

  /* Show in a slot what the server says there: what stands in the way of sending, which files go along, what a macro changes, or the ways to send. */
  #put(name: "conflict" | "kept" | "macro" | "ways", form: HTMLFormElement, fresh: HTMLElement | null) {
    const slot = form.querySelector(`[data-slot=${name}]`)
    const said = fresh?.querySelector(`[data-slot=${name}]`)
    if (slot) slot.replaceChildren(...(said ? document.importNode(said, true).childNodes : []))
  }

  #busy(form: HTMLFormElement, isBusy: boolean) {
    form.setAttribute("aria-busy", String(isBusy))
    for (const button of form.querySelectorAll("button")) button.disabled = isBusy
  }
}
customElements.define("desk-composer", DeskComposer)
