"""Fits the calibration tables and writes them into fusion.json (steps 2 of README.md)."""

import argparse
import json
import math

import numpy as np
from sklearn.linear_model import LogisticRegression

from labelled import folds, label, read_sightings, read_truth

SIDES_LOG2 = np.arange(2.75, 6.5, 0.5)  # Above, faces are too rare in the pictures: flat.
ROWS_MAX = 60000
# Boxes are drawn a little larger than people label them: a face half hidden is a face shown.
MARGIN = math.log(1.16)


def collect(pairs, network, lots, fold=None):
    """Logit, log2 of side, weight; label; offsets from boxes to the labelled ones."""
    values, labels, offsets = [], [], []
    for sightings, truth in pairs:
        faces_of = read_truth(truth)
        fold_of = folds(faces_of)
        for name, networks, side, logit, boxes in read_sightings(sightings):
            if fold is not None and fold_of[name] == fold:
                continue
            # Most sightings are hopeless: a sample of those stands for all.
            kept = (networks == network) & ((logit > -2.5) | (lots.random(len(logit)) < 0.02))
            if not kept.any():
                continue
            boxes, logit, side = boxes[kept], logit[kept], side[kept]
            faces = faces_of[name]
            is_face, nearest = label(boxes, faces)
            weight = np.where(logit > -2.5, 1.0, 50.0)
            clear = is_face >= 0
            values.append(np.stack([logit, np.log2(np.maximum(side, 0.1)), weight], 1)[clear])
            labels.append(is_face[clear])
            sure = (is_face == 1) & (logit > 0)
            if sure.any():
                offsets.append(offset(boxes[sure], faces[nearest[sure]]))
    return np.concatenate(values), np.concatenate(labels), np.concatenate(offsets)


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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fusion", default="training/fusion.json")
    parser.add_argument(
        "--network",
        action="append",
        required=True,
        help="NAME=INDEX in the sightings, as often as wanted; other tables stay as they are",
    )
    parser.add_argument("--fold", type=int, help="leave out this fold of five")
    parser.add_argument("pairs", nargs="+", help="SIGHTINGS TRUTH.csv, as often as wanted")
    options = parser.parse_args()
    pairs = list(zip(options.pairs[::2], options.pairs[1::2]))
    lots = np.random.default_rng(0)
    with open(options.fusion, encoding="utf-8") as file:
        fusion = json.load(file)
    tables = {table["network"]: table for table in fusion["calibrations"]}
    for name, index in (network.split("=") for network in options.network):
        tables[name] = fit(name, *collect(pairs, int(index), lots, options.fold), lots)
    fusion["calibrations"] = list(tables.values())
    with open(options.fusion, "w", encoding="utf-8") as file:
        json.dump(fusion, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
