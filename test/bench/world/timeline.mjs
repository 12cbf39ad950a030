/** What will happen, in the order of time. Work waits on it as it would on a clock; nothing takes any real time. */
export class Timeline {
    /** Seconds. */
    now = 0;
    /** A heap of what is due: the earliest first, and of the same moment what came first. */
    #heap = [];
    #count = 0;

    /** @param {number} seconds */
    wait(seconds) {
        return this.until(this.now + seconds);
    }

    /** @param {number} time Seconds. */
    until(time) {
        return new Promise((resolve) => {
            this.#count += 1;
            this.#push({ time, order: this.#count, resolve });
        });
    }

    /** Lets time pass until nothing is left to wait for. */
    async run(work) {
        let done = false;
        const all = Promise.all(work).then(() => {
            done = true;
        });
        while (!done) {
            // All that goes on at this moment comes to the next thing that it waits for.
            await new Promise((resolve) => setImmediate(resolve));
            const next = this.#heap[0];
            if (next === undefined) {
                break;
            }
            this.now = Math.max(this.now, next.time);
            while (this.#heap[0] && this.#heap[0].time <= this.now) {
                this.#pop().resolve();
            }
        }
        await all;
        return this.now;
    }

    #push(item) {
        const heap = this.#heap;
        let at = heap.push(item) - 1;
        while (at > 0) {
            const parent = (at - 1) >> 1;
            if (!before(item, heap[parent])) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = item;
    }

    #pop() {
        const heap = this.#heap;
        const first = heap[0];
        const last = heap.pop();
        if (heap.length > 0) {
            let at = 0;
            for (;;) {
                let child = 2 * at + 1;
                if (child >= heap.length) {
                    break;
                }
                if (child + 1 < heap.length && before(heap[child + 1], heap[child])) {
                    child += 1;
                }
                if (!before(heap[child], last)) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = last;
        }
        return first;
    }
}

function before(one, other) {
    return one.time < other.time || (one.time === other.time && one.order < other.order);
}

/** So many at a time; the others wait in the order in which they came. */
export class Slots {
    #free;
    #waiting = [];
    #first = 0;

    /** @param {number} count */
    constructor(count) {
        this.#free = count;
    }

    async hold(work) {
        if (this.#free > 0) {
            this.#free -= 1;
        } else {
            await new Promise((resolve) => this.#waiting.push(resolve));
        }
        try {
            return await work();
        } finally {
            const next = this.#waiting[this.#first];
            if (next) {
                this.#first += 1;
                next();
            } else {
                this.#free += 1;
            }
        }
    }
}
