/* Whether what is being written fits in one message, said beside the field while it is written. Without it the server says
 * the same when it is sent.
 *   form[data-most][data-long]  characters that fit; the sentence, with {length}
 *      holds .talk-problem with [data-part=problem], which also holds what the server said
 */
export class Length {
  constructor(
    private form: HTMLFormElement,
    private field: HTMLTextAreaElement,
    signal: AbortSignal,
  ) {
    field.addEventListener("input", () => this.look(), { signal })
    form.addEventListener("talk-cleared", () => this.look(), { signal })
  }

  /* Says it, or takes it back; true where it is too long. */
  look(): boolean {
    const most = Number(this.form.dataset.most ?? Infinity)
    const text = this.field.value.trim()
    // A letter outside the basic plane is one to the server and two to a script.
    const length = text.length > most ? [...text].length : text.length
    if (length > most) this.say(this.form.dataset.long!.replace("{length}", length.toLocaleString("en")), true)
    else if (this.#problem.dataset.kind === "long") this.say("")
    return length > most
  }

  /* A sentence beside the field; "" for none. */
  say(words: string, isLong = false) {
    this.#problem.hidden = !words
    this.#problem.dataset.kind = isLong ? "long" : "said"
    const said = this.#problem.querySelector("[data-part=problem]")!
    if (said.textContent !== words) said.textContent = words
    if (words) this.field.setAttribute("aria-invalid", "true")
    else this.field.removeAttribute("aria-invalid")
  }

  get #problem() {
    return this.form.querySelector<HTMLElement>(".talk-problem")!
  }
}
