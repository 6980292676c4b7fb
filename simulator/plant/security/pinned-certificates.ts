import { field, type ObjectField, record, type Site } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

const PLACES = 8;
/** 32-bit words of a SHA-1. */
const WORDS = 5;

/** Thumbprints (SHA-1) of the client certificates that are let in. None is any certificate. */
export class PinnedCertificates extends record({}) {
  private readonly at: number;
  private readonly usedAt: number;

  constructor(site: Site) {
    super(site);
    const { kernel, settings, path } = site;
    this.at = kernel.layout.take('u32', PLACES * WORDS, `${path}.words`);
    this.usedAt = kernel.layout.take('u8', PLACES, `${path}.used`);
    const given = settings.get('pinned') ?? [];
    if (!Array.isArray(given) || given.length > PLACES) {
      throw new Refusal(`"pinned" is no list of at most ${PLACES} thumbprints.`, 'Give [] for any certificate.');
    }
    const first = given.map(wordsOf);
    kernel.initially(() => {
      this.u8.fill(0, this.usedAt, this.usedAt + PLACES);
      this.u32.fill(0, this.at, this.at + PLACES * WORDS);
      for (const [place, words] of first.entries()) this.put(place, words);
    });
  }

  all(): string[] {
    return Array.from({ length: PLACES }, (_, place) => place)
      .filter((place) => this.isUsed(place))
      .map((place) => this.textOf(place));
  }

  pin(thumbprint: unknown): void {
    const words = wordsOf(thumbprint);
    if (this.placeOf(words) >= 0) throw new Refusal('This certificate is pinned already.', 'Nothing is left to do.');
    const free = this.u8.subarray(this.usedAt, this.usedAt + PLACES).indexOf(0);
    if (free < 0) throw new Refusal(`${PLACES} certificates are pinned already.`, 'Unpin one first.');
    this.put(free, words);
  }

  unpin(thumbprint: unknown): void {
    const place = this.placeOf(wordsOf(thumbprint));
    if (place < 0) {
      const all = this.all();
      const hint = all.length > 0 ? `Pinned are ${all.join(', ')}.` : 'None is.';
      throw new Refusal('This certificate is not pinned.', hint, 'unknown_target');
    }
    this.u8[this.usedAt + place] = 0;
  }

  private put(place: number, words: readonly number[]): void {
    words.forEach((word, k) => (this.u32[this.at + place * WORDS + k] = word));
    this.u8[this.usedAt + place] = 1;
  }

  private isUsed(place: number): boolean {
    return this.u8[this.usedAt + place] === 1;
  }

  private placeOf(words: readonly number[]): number {
    for (let place = 0; place < PLACES; place++) {
      if (this.isUsed(place) && words.every((word, k) => word === this.u32[this.at + place * WORDS + k])) return place;
    }
    return -1;
  }

  private textOf(place: number): string {
    const words = this.u32.subarray(this.at + place * WORDS, this.at + (place + 1) * WORDS);
    return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
  }
}

export const pinnedCertificates = (): ObjectField<PinnedCertificates> => field((site) => new PinnedCertificates(site));

/** 40 hex digits, as certificate viewers show them: with colons or blanks between, in either case. */
function wordsOf(thumbprint: unknown): number[] {
  const hex = typeof thumbprint === 'string' ? thumbprint.replace(/[\s:]/g, '').toLowerCase() : '';
  if (/^[0-9a-f]{40}$/.test(hex)) {
    return Array.from({ length: WORDS }, (_, k) => parseInt(hex.slice(k * 8, k * 8 + 8), 16));
  }
  const shown = JSON.stringify(thumbprint)?.slice(0, 60);
  throw new Refusal(`${shown} is no SHA-1 thumbprint.`, 'Give its 40 hex digits, such as 3F:A2:...', 'wrong_type');
}
