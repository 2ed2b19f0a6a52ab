"""What can be done with orders and visits, a module for each verb."""
