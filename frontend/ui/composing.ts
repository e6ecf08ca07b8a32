/* Is the Hangul in this field still being put together?
 *
 * Chrome and Firefox mark the keydown that ends a composition with isComposing or key code 229; Safari ends the
 * composition first and then sends an unmarked Enter, so an Enter in the same task as compositionend counts too.
 */
export class Composing {
  #now = false
  #endedAt = -Infinity

  constructor(field: HTMLElement, signal: AbortSignal) {
    field.addEventListener("compositionstart", () => (this.#now = true), { signal })
    field.addEventListener(
      "compositionend",
      () => {
        this.#now = false
        this.#endedAt = performance.now()
      },
      { signal },
    )
  }

  get now() {
    return this.#now
  }

  /* True for a key that belongs to the composition and must do nothing else. */
  holds(event: KeyboardEvent) {
    return this.#now || event.isComposing || event.keyCode === 229 || performance.now() - this.#endedAt < 20
  }
}
