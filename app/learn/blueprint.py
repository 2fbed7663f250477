"""The learner's blueprint; its views are split by subject."""

from flask import Blueprint

learn = Blueprint("learn", __name__, template_folder="templates")
