"""Fits the calibration tables and writes them into fusion.json (steps 2 of README.md)."""

import argparse
import json
import math

import numpy as np
from sklearn.linear_model import LogisticRegression

from labelled import folds, label, read_sightings, read_truth

SIDES_LOG2 = np.arange(2.75, 6.5, 0.5)  # Above, faces are too rare in the pictures: flat.
ROWS_MAX = 60000
SURE_MIN, SAMPLED_WEIGHT = -2.5, 50.0  # Logits below are sampled, each for so many.
# Boxes are drawn a little larger than people label them: a face half hidden is a face shown.
MARGIN = math.log(1.28)


def sample(sightings, network, faces, lots):
    """Of one picture: logit, log2 of side, weight; labels; offsets from boxes to labelled ones."""
    logit = sightings["logit"]
    mine = (sightings["network"] == network) & (sightings["turn"] == 0)
    # Most sightings are hopeless: a sample of those stands for all.
    kept = mine & ((logit > SURE_MIN) | (lots.random(len(logit)) < 1 / SAMPLED_WEIGHT))
    boxes, logit = sightings["box"][kept], logit[kept]
    side = np.sqrt((boxes[:, 2:] - boxes[:, :2]).prod(1)) * sightings["scale"][kept]
    is_face, nearest = label(boxes, faces)
    weight = np.where(logit > SURE_MIN, 1.0, SAMPLED_WEIGHT)
    clear = is_face >= 0
    values = np.stack([logit, np.log2(np.maximum(side, 0.1)), weight], 1)[clear]
    sure = (is_face == 1) & (logit > 0)
    offsets = offset(boxes[sure], faces[nearest[sure]]) if sure.any() else np.zeros((0, 4))
    return values, is_face[clear], offsets


def collect(pairs, networks, lots):
    """{network: [(fold, values, labels, offsets) of each picture]}"""
    samples = {network: [] for network in networks}
    for path, truth in pairs:
        faces_of = read_truth(truth)
        fold_of = folds(faces_of)
        for name, _, sightings in read_sightings(path):
            for network in networks:
                sampled = sample(sightings, network, faces_of[name], lots)
                samples[network].append((fold_of[name], *sampled))
    return samples


def fit_without(fold, name, samples, lots):
    used = [sample[1:] for sample in samples if sample[0] != fold]
    return fit(name, *(np.concatenate(part) for part in zip(*used)), lots)


def offset(boxes, faces):
    size, wanted = boxes[:, 2:] - boxes[:, :2], faces[:, 2:] - faces[:, :2]
    shift = (faces[:, :2] + faces[:, 2:] - boxes[:, :2] - boxes[:, 2:]) / 2 / size
    return np.concatenate([shift, np.log(wanted / size)], 1)


def fit(name, values, labels, offsets, lots):
    rows = []
    for side in SIDES_LOG2:
        near = np.flatnonzero(np.abs(values[:, 1] - side) < 0.5)
        if len(near) > ROWS_MAX:
            near = lots.choice(near, ROWS_MAX, replace=False)
        # Forty votes for "a high logit is a face", so that no table turns around.
        x = np.concatenate([values[near, :1], [[-4], [4]] * 20])
        y = np.concatenate([labels[near], [0, 1] * 20])
        weights = np.concatenate([values[near, 2], [1.0] * 40])
        model = LogisticRegression(C=10).fit(x, y, weights)
        slope = max(float(model.coef_[0, 0]), 0.05)
        rows.append([float(side), round(float(model.intercept_[0]), 4), round(slope, 4)])
    habit = np.median(offsets, 0) + [0, 0, MARGIN, MARGIN]
    return {"network": name, "rows": rows, "box_habit": [round(float(v), 4) for v in habit]}


def write(path, fusion, tables):
    known = {table["network"]: table for table in fusion["calibrations"]}
    known.update({table["network"]: table for table in tables})
    with open(path, "w", encoding="utf-8") as file:
        json.dump({**fusion, "calibrations": list(known.values())}, file, indent=1)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fusion", default="training/fusion.json")
    parser.add_argument("--folds", help="also written, with %%d for the fold (0 to 4) that is left out")
    parser.add_argument(
        "--network",
        action="append",
        required=True,
        help="NAME=INDEX in the sightings, as often as wanted; other tables stay as they are",
    )
    parser.add_argument("pairs", nargs="+", help="SIGHTINGS TRUTH.csv, as often as wanted")
    options = parser.parse_args()
    pairs = list(zip(options.pairs[::2], options.pairs[1::2]))
    names = {int(index): name for name, index in (network.split("=") for network in options.network)}
    with open(options.fusion, encoding="utf-8") as file:
        fusion = json.load(file)
    samples = collect(pairs, names, np.random.default_rng(0))
    outputs = {None: options.fusion}
    if options.folds:
        outputs.update({fold: options.folds % fold for fold in range(5)})
    for fold, path in outputs.items():
        lots = np.random.default_rng(1)
        write(path, fusion, [fit_without(fold, name, samples[index], lots) for index, name in names.items()])


if __name__ == "__main__":
    main()
