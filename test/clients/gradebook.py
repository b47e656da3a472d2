"""Writes the points in an nbgrader gradebook as JSON: {student: {grade_id: points}}, null where nothing was graded."""

import json
import sys

from nbgrader.api import Gradebook

database, assignment = sys.argv[1:]
points = {}
with Gradebook(f"sqlite:///{database}") as gradebook:
    for submission in gradebook.assignment_submissions(assignment):
        own = {}
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                own[grade.name] = None if grade.needs_manual_grade or grade.auto_score is None else grade.score
        points[submission.student.id] = own
json.dump(points, sys.stdout)
