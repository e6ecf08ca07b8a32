/* Work that sends what stands now: never twice at once, and once more where it was asked for meanwhile. */
export class OneAtATime {
  #underway?: Promise<void>
  #waits = false

  constructor(private work: (anyway: boolean) => Promise<void>) {}

  get underway(): Promise<void> | undefined {
    return this.#underway
  }

  run(anyway = false): Promise<void> {
    this.#waits = this.#underway !== undefined
    this.#underway ??= this.work(anyway).finally(() => {
      this.#underway = undefined
      if (this.#waits) void this.run()
    })
    return this.#underway
  }

  /* What was asked for meanwhile is not done any more. */
  letGo() {
    this.#waits = false
  }
}
