"""Sorts sightings by what they speak of: clusters, for judges and verifiers (step 3 of README.md)."""

import argparse
import csv
import pickle

import numpy as np

from fusing import MIRRORED, Search, believe, cluster, read_fusion, sigmoid
from labelled import folds, names_of, read_sightings

SEARCHES = {
    "balanced": Search({0: [192, 384, 768, 1152], 1: [320, 640, 960]}),
    "balanced-brought": Search({0: [192, 384, 768, 1152], 1: [320, 640, 960], 2: [640, 960, 1280]}),
    "thorough": Search(
        {0: [192, 272, 384, 544, 768, 1152, 1536], 1: [320, 480, 640, 960, 1280]},
        {(0, view): [192, 384] for view in [MIRRORED, *((0, turn) for turn in (90, 180, 270, 30, -30))]},
    ),
    # For the training of verifiers.
    "wide": Search(
        {0: [192, 272, 384, 544, 768, 1152, 1536], 1: [320, 480, 640, 960, 1280], 2: [640, 960]}
    ),
}
# Who gets a close-up: all that are likely, and some of the others.
SHOWN_MAX, LIKELY_MIN, SAMPLE_SHARE = 250, 0.1, 0.15


def clusters_in(name, size, sightings, fusion, search, lots):
    kept = search.chosen(sightings, size)
    boxes, testimony = cluster(*believe(fusion, sightings, kept), fusion["overlap"])
    probability = sigmoid(testimony.max(1))
    is_shown = (probability > LIKELY_MIN) | (lots.random(len(probability)) < SAMPLE_SHARE)
    shown = np.flatnonzero(is_shown)[:SHOWN_MAX]
    return {"name": name, "size": size, "boxes": boxes, "best": probability,
            "testimony": testimony, "shown": shown}


def write_boxes(path, pictures):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["image", "x", "y", "width", "height"])
        for picture in pictures:
            for x1, y1, x2, y2 in picture["boxes"][picture["shown"]]:
                rows.writerow([picture["name"], x1, y1, x2 - x1, y2 - y1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--search", choices=SEARCHES, default="balanced")
    parser.add_argument("--fusion", default="training/fusion.json",
                        help="the tables; with %%d for the fold (0 to 4) of a picture: those fitted without it")
    parser.add_argument("sightings")
    parser.add_argument("clusters", help="written: a pickle, and beside it a .csv of the boxes for close-ups")
    options = parser.parse_args()
    by_fold = [read_fusion(options.fusion % i if "%d" in options.fusion else options.fusion) for i in range(5)]
    fold_of = folds(names_of(options.sightings))  # As fit_calibration.py, of the same pictures.
    search, lots = SEARCHES[options.search], np.random.default_rng(3)
    pictures = [clusters_in(name, size, sightings, by_fold[fold_of[name]], search, lots)
                for name, size, sightings in read_sightings(options.sightings)]
    with open(options.clusters, "wb") as file:
        pickle.dump(pictures, file)
    write_boxes(options.clusters + ".csv", pictures)


if __name__ == "__main__":
    main()
