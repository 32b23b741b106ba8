"""The common scale of grades and the government professions, to begin with."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify

#: Code, name, rank, and what else is written for it.
GRADES = [
    ("SCS4", "Permanent Secretary (SCS4)", 110, ["SCS 4", "SCSPB4", "Permanent Secretary"]),
    ("SCS3", "Director General (SCS3)", 100, ["SCS 3", "SCSPB3", "Director General"]),
    ("SCS2", "Director (SCS2)", 90, ["SCS 2", "SCSPB2", "Director"]),
    ("SCS1A", "Deputy Director (SCS1A)", 82, ["SCS 1A", "SCSPB1A"]),
    ("SCS1", "Deputy Director (SCS1)", 80, ["SCS 1", "SCSPB1", "Deputy Director"]),
    ("G6", "Grade 6", 70, ["Grade 6", "Gr 6", "Grade6"]),
    ("G7", "Grade 7", 60, ["Grade 7", "Gr 7", "Grade7"]),
    ("SEO", "Senior Executive Officer", 50, ["Senior Executive Officer"]),
    ("HEO", "Higher Executive Officer", 40, ["Higher Executive Officer"]),
    ("EO", "Executive Officer", 30, ["Executive Officer"]),
    ("AO", "Administrative Officer", 20, ["Administrative Officer"]),
    ("AA", "Administrative Assistant", 10, ["Administrative Assistant"]),
    ("OF-9", "Four-star officer (OF-9)", 109, ["OF9"]),
    ("OF-8", "Three-star officer (OF-8)", 99, ["OF8"]),
    ("OF-7", "Two-star officer (OF-7)", 89, ["OF7"]),
    ("OF-6", "One-star officer (OF-6)", 79, ["OF6"]),
]

#: Name, and what else is written for it.
PROFESSIONS: list[tuple[str, list[str]]] = [
    ("Commercial", ["Procurement and Contract Management", "Procurement", "Commercial Profession"]),
    ("Communications", ["Communications and Marketing", "Government Communication Service"]),
    ("Corporate Finance", []),
    ("Counter Fraud", []),
    ("Digital and Data", ["Information Technology", "Digital, Data and Technology", "DDaT", "IT"]),
    ("Economics", ["Government Economic Service", "Economist"]),
    ("Finance", ["Finance Profession"]),
    ("Human Resources", ["HR", "Human Resources Profession"]),
    ("Inspector of Education and Training", []),
    ("Intelligence Analysis", []),
    ("Internal Audit", ["Internal Auditor"]),
    ("Knowledge and Information Management", ["Library", "Knowledge"]),
    ("Legal", ["Law", "Legal Profession", "Lawyer"]),
    ("Medical", ["Medicine"]),
    ("Occupational Psychology", ["Psychology", "Psychologist"]),
    ("Operational Delivery", ["Operational Delivery Profession"]),
    ("Operational Research", []),
    ("Planning", ["Planner", "Planning Inspectors"]),
    ("Policy", ["Policy Profession", "Policy Delivery"]),
    ("Project Delivery", ["Programme and Project Management", "Project Delivery Profession"]),
    ("Property", ["Property Asset Management", "Property Profession"]),
    ("Science and Engineering", ["Science", "Engineering", "Scientist", "Engineer"]),
    ("Security", []),
    ("Social Research", ["Government Social Research"]),
    ("Statistics", ["Statistician", "Government Statistical Service"]),
    ("Tax", ["Tax Profession", "Tax Professional"]),
    ("Veterinary", ["Veterinarian", "Veterinary Profession"]),
    ("Other", []),
]


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    grades = apps.get_model("directory", "Grade").objects.using(alias)
    grade_words = apps.get_model("directory", "GradeTranslation").objects.using(alias)
    for code, name, rank, spellings in GRADES:
        grade = grades.create(code=code, name=name, rank=rank)
        for spelling in spellings:
            grade_words.create(value=spelling, grade=grade)
    professions = apps.get_model("directory", "Profession").objects.using(alias)
    profession_words = apps.get_model("directory", "ProfessionTranslation").objects.using(alias)
    for name, spellings in PROFESSIONS:
        profession = professions.create(slug=slugify(name), name=name)
        for spelling in spellings:
            profession_words.create(value=spelling, profession=profession)


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    for model in ("GradeTranslation", "Grade", "ProfessionTranslation", "Profession"):
        apps.get_model("directory", model).objects.using(alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_sql_objects")]

    operations = [migrations.RunPython(fill, empty)]
