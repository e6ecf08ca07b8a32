/* What waits for its time says how long, second by second. */
export class Countdowns {
  #timers = new Map<string, number>()

  /* Tells the seconds that are left until `at`, now and each second, until it is ended. */
  begin(name: string, at: number, tell: (seconds: number) => void) {
    this.end(name)
    const left = () => tell(Math.max(1, Math.ceil((at - Date.now()) / 1_000)))
    this.#timers.set(name, window.setInterval(left, 1_000))
    left()
  }

  end(name: string) {
    clearInterval(this.#timers.get(name))
    this.#timers.delete(name)
  }

  stop() {
    for (const name of [...this.#timers.keys()]) this.end(name)
  }
}
