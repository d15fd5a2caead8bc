/** How many entries of the trail the answer rests on: the size of the checkpoint that `asOf` came to; 0 before the first. */
export const asOfSizeHeader = 'aimwell-as-of-size';
/** When that checkpoint was signed, RFC 3339; absent before the first. */
export const asOfMomentHeader = 'aimwell-as-of-moment';
