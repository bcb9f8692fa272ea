const PAGE = 8192;

/** A set of whole numbers that lie close together, one bit each. */
export class IdSet {
  private readonly pages = new Map<number, Uint8Array>();
  size = 0;

  has(id: number): boolean {
    const page = this.pages.get(Math.floor(id / PAGE));
    return page !== undefined && ((page[(id % PAGE) >> 3] ?? 0) & (1 << (id & 7))) !== 0;
  }

  /** Adds a number; tells whether it is new. */
  add(id: number): boolean {
    if (this.has(id)) return false;
    const key = Math.floor(id / PAGE);
    const page = this.pages.get(key) ?? new Uint8Array(PAGE / 8);
    this.pages.set(key, page);
    const at = (id % PAGE) >> 3;
    page[at] = (page[at] ?? 0) | (1 << (id & 7));
    this.size += 1;
    return true;
  }

  clear(): void {
    this.pages.clear();
    this.size = 0;
  }
}
