"""What src/detect does with sightings, in numpy: beliefs, clusters, testimony, verdict, faces."""

import json
from dataclasses import dataclass, field

import numpy as np

from labelled import overlap

NETWORKS = ["blazeface-full", "ultra-light-320", "yunet"]  # By their numbers in the sightings.
NOTHING_SAID, LOG_ODDS_MAX, VERIFIER_MAX = -6.0, 8.0, 6.0
ENLARGEMENT_MAX = 3
UPRIGHT, MIRRORED = (0, 0), (1, 0)  # Views: mirrored, degrees turned.


@dataclass
class Search:
    """Which of the levels in the sightings are looked at: long sides by network and view."""

    sides: dict  # {network: [long sides]}
    views: dict = field(default_factory=dict)  # {(network, view): [long sides]}, beside upright

    def looks(self):
        for network, sides in self.sides.items():
            yield network, UPRIGHT, sides
        for (network, view), sides in self.views.items():
            yield network, view, sides

    def chosen(self, sightings, size):
        """Indices of those sightings that the search would have had."""
        kept = np.zeros(len(sightings["logit"]), bool)
        for network, view, sides in self.looks():
            mine = (sightings["network"] == network) & (sightings["mirrored"] == view[0]) & (sightings["turn"] == view[1])
            scales = np.unique(sightings["scale"][mine])
            for side in sides if len(scales) else []:
                wanted = min(side / max(size), ENLARGEMENT_MAX)
                nearest = scales[np.abs(np.log(scales / wanted)).argmin()]
                kept |= mine & (sightings["scale"] == nearest)
        return np.flatnonzero(kept)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_odds_of(table, logit, side_px):
    rows = np.array(table["rows"])
    at = np.log2(np.maximum(side_px, 1e-3))
    return np.interp(at, rows[:, 0], rows[:, 1]) + np.interp(at, rows[:, 0], rows[:, 2]) * logit


def corrected(table, boxes):
    """x1, y1, x2, y2 as people would have labelled them."""
    size = boxes[:, 2:] - boxes[:, :2]
    habit = np.array(table["box_habit"])
    middle = boxes[:, :2] + size * (0.5 + habit[:2])
    half = size * np.exp(habit[2:]) / 2
    return np.concatenate([middle - half, middle + half], 1)


def believe(fusion, sightings, kept):
    """Boxes, probabilities and networks of the sightings that are worth something."""
    tables = {table["network"]: table for table in fusion["calibrations"]}
    own_word = {"rows": [[5, 0, 1]], "box_habit": [0, 0, 0, 0]}
    boxes, odds, networks = [np.zeros((0, 4))], [np.zeros(0)], [np.zeros(0, int)]
    for number, name in enumerate(NETWORKS):
        mine = kept[sightings["network"][kept] == number]
        table = tables.get(name, own_word)
        box = sightings["box"][mine]
        side = np.sqrt((box[:, 2:] - box[:, :2]).prod(1)) * sightings["scale"][mine]
        odds.append(log_odds_of(table, sightings["logit"][mine], side))
        boxes.append(corrected(table, box))
        networks.append(np.full(len(mine), number))
    boxes, odds, networks = (np.concatenate(a) for a in (boxes, odds, networks))
    believed = sigmoid(odds) >= fusion["belief_min"]
    return boxes[believed], odds[believed], networks[believed]


def cluster(boxes, odds, networks, overlap_min):
    """Boxes and testimonies of the clusters, the most probable first."""
    left = np.argsort(-odds, kind="stable")
    found, heard = [], []
    probability = sigmoid(odds)
    while len(left):
        same = overlap(boxes[left[:1]], boxes[left])[0] > overlap_min
        same[0] = True
        members, left = left[same], left[~same]
        share = probability[members]
        found.append((boxes[members] * share[:, None]).sum(0) / share.sum())
        testimony = np.full(len(NETWORKS), NOTHING_SAID)
        np.maximum.at(testimony, networks[members], np.clip(odds[members], NOTHING_SAID, LOG_ODDS_MAX))
        heard.append(testimony)
    return np.array(found).reshape(-1, 4), np.array(heard).reshape(-1, len(NETWORKS))


def verdict(rule, testimony, side_px, is_grey, seen, face_min_px=16):
    """Log odds by cluster; `seen` are the verifier's."""
    weights = [rule["blaze_face"], rule["ultra_light"], rule["brought"]]
    total = rule["intercept"] + testimony @ np.array(weights)
    total = total + rule["tiny"] * np.clip(np.log2(0.76 * face_min_px / side_px), 0, 1.5)
    if is_grey:
        return total + rule["grey_offset"]
    seen = np.clip(seen, -VERIFIER_MAX, VERIFIER_MAX)
    return total + np.where(seen > 0, rule["like"], rule["unlike"]) * seen


def without_nested(boxes):
    """Indices of boxes, the best first, without those that lie within a better one."""
    kept = np.zeros(0, int)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    for i, box in enumerate(boxes):
        low = np.maximum(boxes[kept, :2], box[:2])
        high = np.minimum(boxes[kept, 2:], box[2:])
        if not (np.clip(high - low, 0, None).prod(1) >= 0.85 * areas[i]).any():
            kept = np.append(kept, i)
    return kept


def read_fusion(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
