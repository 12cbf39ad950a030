const { default: Sequencer } = require("@jest/test-sequencer");

/** What takes a minute or more, the longest first: what began last would be waited for alone. */
const SLOW = [
    /model\/model\.test/,
    /^(?!.*\/(provider|emulator|policy-pack|scripts)\/).*\/test\//,
    /model\//,
    /memory\//,
];

/** Starts the slow test files first, also where nothing is known yet of how long each takes. */
module.exports = class SlowFirst extends Sequencer {
    sort(tests) {
        const rank = ({ path }) => {
            const index = SLOW.findIndex((pattern) => pattern.test(path));
            return index === -1 ? SLOW.length : index;
        };
        return super.sort(tests).sort((one, other) => rank(one) - rank(other));
    }
};
