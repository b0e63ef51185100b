package dev.callout.store.numbers;

import java.util.List;

/**
 * What a node took over from a lost node.
 *
 * @param givenBack how many numbers had no sent mark, so were certainly not dialled: they are due again already
 * @param calls     the calls that may be up
 */
public record TakenOver(int givenBack, List<LostCall> calls) {
    public TakenOver {
        calls = List.copyOf(calls);
    }
}
