/* <film-transcript data-captions="NAME"><details>… li[data-at] .transcript-time …</details></film-transcript>: what is said in
 * the film whose captions have that name.
 * Times become buttons that play from there; the line that is being said is marked. Without it the words stand there all the same.
 */
export class FilmTranscript extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    const film = document.querySelector<HTMLTrackElement>(`track[src$="/${this.dataset.captions}"]`)?.closest("video")
    if (!film) return
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const lines = [...this.querySelectorAll<HTMLElement>("li[data-at]")]
    for (const line of lines) {
      const time = line.querySelector(".transcript-time")!
      const button = document.createElement("button")
      button.type = "button"
      button.className = time.className
      button.textContent = time.textContent
      button.addEventListener("click", () => this.#playFrom(film, Number(line.dataset.at)), { signal })
      time.replaceWith(button)
    }
    film.addEventListener("timeupdate", () => this.#mark(lines, film.currentTime), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #playFrom(film: HTMLVideoElement, at: number) {
    film.currentTime = at
    void film.play().catch(() => {}) // it stands at the right place all the same
  }

  #mark(lines: HTMLElement[], now: number) {
    const said = lines.findLastIndex((line) => Number(line.dataset.at) <= now)
    lines.forEach((line, at) => line.toggleAttribute("data-now", at === said))
  }
}
customElements.define("film-transcript", FilmTranscript)
