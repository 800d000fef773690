"""Claims of two documents paired by what they say: all pairs of a block scored, the best assignment taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.compare.claims import Claim
from extractor.compare.subject import PERSONS
from extractor.compare.words import Weights, telling

LEAST = 0.5
"""Below this no pair is made."""
_SAME_SURROUNDINGS = 0.55
_LARGE = 120  # claims a side, beyond which a component is assigned greedily


class Pair(NamedTuple):
    """Two claims that say the same thing, and how sure that is (0 to 1)."""

    a: Claim
    b: Claim
    confidence: float


BlockKey = Callable[[Claim], Hashable]


def match(a: Sequence[Claim], b: Sequence[Claim], key: BlockKey, least: float = LEAST) -> list[Pair]:
    """The pairs of `a` and `b`, each claim in one at most, in the order of `a`; only claims of one `key` are paired."""
    if not a or not b:
        return []
    weights = Weights([claim.around for claim in (*a, *b)])
    blocks: dict[Hashable, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for claim in a:
        blocks[key(claim)][0].append(claim)
    for claim in b:
        blocks[key(claim)][1].append(claim)
    pairs = [
        pair for ours, theirs in blocks.values() if ours and theirs for pair in _block(ours, theirs, weights, least)
    ]
    pairs.sort(key=lambda pair: (pair.a.doc.key, pair.a.row))
    return pairs


def _block(a: list[Claim], b: list[Claim], weights: Weights, least: float) -> list[Pair]:
    exact, a, b = _exact(a, b, weights)
    scores = {
        (i, j): value
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if not x.around.isdisjoint(y.around) and (value := score(x, y, weights)) >= least
    }
    pairs = [*exact]
    for rows, columns in _components(scores):
        for i, j in _assign(rows, columns, scores):
            confidence = round(min(_sure(i, j, scores), 0.99), 2)
            if confidence >= least:
                pairs.append(Pair(a[i], b[j], confidence))
    return pairs


def _exact(a: list[Claim], b: list[Claim], weights: Weights) -> tuple[list[Pair], list[Claim], list[Claim]]:
    """What is called the same on both sides and only once on each needs no scoring."""
    ours, theirs = _named(a), _named(b)
    found = []
    for name, x in ours.items():
        y = theirs.get(name, ())
        if len(x) == 1 and len(y) == 1:
            known = x[0].indicator_id is not None
            if known or weights.alike(x[0].around, y[0].around) >= _SAME_SURROUNDINGS:
                words, others = x[0].indicator, y[0].indicator
                said = words == others or telling(words) == telling(others)
                found.append(Pair(x[0], y[0], 1.0 if said else 0.93))
    done_a, done_b = {id(pair.a) for pair in found}, {id(pair.b) for pair in found}
    return found, [c for c in a if id(c) not in done_a], [c for c in b if id(c) not in done_b]


def _named(claims: list[Claim]) -> dict[Hashable, list[Claim]]:
    named: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        if len(claim.name) > 1 and not _condition(claim):
            named[claim.name, claim.indicator_id, claim.numbers, claim.measure.noun, claim.definition].append(claim)
    return named


def score(a: Claim, b: Claim, weights: Weights) -> float:
    """How likely the two claims say the same thing: their words, their known indicator, their unit, their topic."""
    names, around = weights.alike(a.name, b.name), weights.alike(a.around, b.around)
    value = 0.5 * max(names, 0.8 * around) + 0.27 * around
    if a.indicator_id and b.indicator_id:
        value += 0.25 if a.indicator_id == b.indicator_id else -0.03 if a.change else -0.1
    else:
        value += 0.1 * names
    if a.measure.family == "count" and a.measure.noun != b.measure.noun and not _akin(a.measure.noun, b.measure.noun):
        value -= 0.08
    value += 0.1 * weights.alike(a.topic, b.topic)
    value += 0.08 * (bool(a.measure.per) and a.measure.family != "money")
    value -= 0.05 * (a.numbers != b.numbers) + 0.2 * (a.definition != b.definition)
    value -= 0.04 * ((a.out_of is None) != (b.out_of is None))
    value -= 0.2 * (_condition(a) != _condition(b))
    return value + 0.05 - (0.05 if a.change else 0.1) * _far(a.base, b.base)


@lru_cache(maxsize=4096)
def _akin(a: str, b: str) -> bool:
    return bool(set(a.split()) & set(b.split())) or {a, b} <= PERSONS


def _condition(claim: Claim) -> bool:
    """`3/9 địa phương giải ngân dưới 40%`: a limit and no result."""
    return claim.comparator in ("<", ">") and claim.role is None


def _far(a: float, b: float) -> float:
    """0 for values of one size, 1 where one is three times the other, 2 at most."""
    low, high = sorted((abs(a), abs(b)))
    if high == 0:
        return 0.0
    if not low or 600 < high / low < 1700:  # perhaps the same in a wrong unit
        return 1.0
    return min(2.0, (high - low) / (low * 2))


def _sure(i: int, j: int, scores: dict[tuple[int, int], float]) -> float:
    """The score of a pair, less where another claim would do nearly as well."""
    own = scores[i, j]
    rivals = [value for (x, y), value in scores.items() if (x == i) != (y == j)]
    margin = own - max(rivals, default=0.0)
    return own if margin >= 0.15 else own - (0.15 - max(margin, -0.15)) / 2


def _components(scores: dict[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """The claims that any chain of possible pairs connects: each is assigned on its own."""
    of_row: dict[int, set[int]] = defaultdict(set)
    of_column: dict[int, set[int]] = defaultdict(set)
    for i, j in scores:
        of_row[i].add(j)
        of_column[j].add(i)
    found, seen = [], set()
    for start in of_row:
        if start in seen:
            continue
        rows, waiting = {start}, [start]
        columns: set[int] = set()
        while waiting:
            for j in of_row[waiting.pop()] - columns:
                columns.add(j)
                fresh = of_column[j] - rows
                rows |= fresh
                waiting += fresh
        seen |= rows
        found.append((sorted(rows), sorted(columns)))
    return found


def _assign(rows: list[int], columns: list[int], scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    if len(rows) == 1 and len(columns) == 1:
        return [(rows[0], columns[0])]
    if max(len(rows), len(columns)) > _LARGE:
        return _greedy(rows, columns, scores)
    swapped = len(rows) > len(columns)
    if swapped:
        rows, columns = columns, rows
    # Squared, so that one sure pair is worth more than two doubtful ones.
    cost = [[-(scores.get((j, i) if swapped else (i, j), 0.0) ** 2) for j in columns] for i in rows]
    pairs = [(rows[i], columns[j]) for i, j in enumerate(_hungarian(cost))]
    pairs = [(j, i) for i, j in pairs] if swapped else pairs
    return [pair for pair in pairs if pair in scores]


def _greedy(rows: list[int], columns: list[int], scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    free_rows, free_columns, found = set(rows), set(columns), []
    for i, j in sorted(scores, key=lambda pair: -scores[pair]):
        if i in free_rows and j in free_columns:
            free_rows.discard(i)
            free_columns.discard(j)
            found.append((i, j))
    return found


def _hungarian(cost: list[list[float]]) -> list[int]:
    """The column of each row with the least sum of costs; no more rows than columns. Kuhn's method with potentials."""
    n, m, inf = len(cost), len(cost[0]), float("inf")
    u, v, row_of, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        row_of[0], j0 = i, 0
        least, used = [inf] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = row_of[j0], inf, 0
            for j in range(1, m + 1):
                if not used[j]:
                    current = cost[i0 - 1][j - 1] - u[i0] - v[j]
                    if current < least[j]:
                        least[j], way[j] = current, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if row_of[j0] == 0:
                break
        while j0:
            row_of[j0], j0 = row_of[way[j0]], way[j0]
    columns = [0] * n
    for j in range(1, m + 1):
        if row_of[j]:
            columns[row_of[j] - 1] = j - 1
    return columns
